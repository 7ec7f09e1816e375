import { describe, expect, it } from 'vitest';
import { databaseFileOf, isPostgresUrl } from '../../../src/config/database-url.ts';

describe('the address of a database', () => {
  it.each([
    ['sqlite:/var/lib/gridcast.db', '/var/lib/gridcast.db'],
    ['sqlite:///var/lib/gridcast.db', '/var/lib/gridcast.db'],
    ['file:///var/lib/a b.db', '/var/lib/a b.db'],
    ['file:./data/gridcast.db', './data/gridcast.db'],
    ['sqlite:gridcast.db', 'gridcast.db'],
  ])('%s names a file', (url, path) => {
    expect(databaseFileOf(url)).toBe(path);
  });

  it.each([
    'postgres://localhost/gridcast',
    'sqlite:',
    'sqlite::memory:',
    'sqlite:a.db?mode=memory',
    'sqlite://host/a.db',
    'sqlite:///',
    'sqlite:folder/',
    'sqlite:a\0b',
    '/var/lib/gridcast.db',
  ])('%j does not', (url) => {
    expect(databaseFileOf(url)).toBeUndefined();
  });

  it.each([
    'postgres://localhost/gridcast',
    'postgresql://gridcast:p%40ss@db.example:5433/gridcast?sslmode=require',
    'postgres:///gridcast?host=/run/postgresql',
  ])('%s names a database on a server', (url) => {
    expect(isPostgresUrl(url)).toBe(true);
  });

  it.each([
    'postgres:',
    'postgres://localhost',
    'postgres://localhost/',
    'postgres:///gridcast',
    'postgres://a b/c',
    'mysql://localhost/gridcast',
    'sqlite:gridcast.db',
    ' postgres://localhost/gridcast',
  ])('%j names none', (url) => {
    expect(isPostgresUrl(url)).toBe(false);
  });
});
