/** Reads lists of people: CSV as spreadsheets write it, or a line for each with a login and a name. Pure. */
import { parse } from 'csv-parse/sync';
import { BadRequestError, messageOf } from '../errors.ts';
import { MAX_NAME_LENGTH, MAX_PASSWORD_LENGTH } from '../protocol/limits.ts';
import type { LineFault, NewAccount } from './account.ts';

/** Lines that one list may have. */
export const MAX_PEOPLE = 5000;
/** Fewest characters of an account's password. */
export const MIN_ACCOUNT_PASSWORD = 10;

/** A login in lower case: letters, digits and what addresses have. */
export const LOGIN = /^[a-z0-9][a-z0-9._@+-]{0,63}$/;

/** One line, with what it says or why that cannot be. */
export interface PersonLine {
  /** From 1. */
  readonly line: number;
  readonly person?: NewAccount;
  readonly fault?: LineFault;
}

type Column = 'login' | 'name' | 'password';

/** What spreadsheets call their columns in the languages of the pages; `plain` makes them out of what stands there. */
const HEADINGS: Readonly<Record<Column, string>> = {
  login: `login loginname user username useremail email emailaddress mail
    anmeldename benutzer benutzername nutzername kennung emailadresse mailadresse
    identifiant utilisateur nomdutilisateur courriel adresseemail adressecourriel adresseelectronique
    usuario nombredeusuario correo correoelectronico
    utilizador nomedeusuario nomedeutilizador enderecodeemail`,
  name: `name fullname displayname
    vollername vollstandigername anzeigename
    nom nomcomplet nomaffiche
    nombre nombrecompleto nombreyapellidos
    nome nomecompleto`,
  password: 'password passwort kennwort motdepasse contrasena clave senha palavrapasse',
};
const COLUMNS: ReadonlyMap<string, Column> = new Map(
  (['login', 'name', 'password'] as const).flatMap((column) =>
    HEADINGS[column].split(/\s+/).map((heading) => [heading, column] as const),
  ),
);
/** Characters of a column's name that a fault says. */
const MAX_HEADING = 40;

/** @throws BadRequestError `import_invalid` for a text that is no list at all, or that has too many lines. */
export function readPeople(text: string): readonly PersonLine[] {
  const rows = readRows(text);
  const [first] = rows;
  const named = first?.cells.map((cell) => COLUMNS.get(plain(cell)));
  const header = named?.includes('login') ? named : undefined;
  const columns = header ?? (['login', 'name', 'password'] as const);
  const people = header ? rows.slice(1) : rows;
  const faults = first && header ? headerFaults(first, header) : [];
  if (people.length > MAX_PEOPLE) {
    throw new BadRequestError('import_invalid', `A list has at most ${MAX_PEOPLE} people; divide it.`);
  }
  const read = people.map(({ line, cells }) => {
    const at = (column: Column): string => cells[columns.indexOf(column)] ?? '';
    return readPerson(line, at('login').toLowerCase(), at('name'), at('password'));
  });
  return [...faults, ...read];
}

/** Without what people write now one way, now another: case, accents, spaces, hyphens. */
function plain(heading: string): string {
  return heading
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[\s\p{M}\p{Pd}_'’]/gu, '');
}

/** Columns that nothing is taken from, each a fault of its own; the others are read all the same. */
function headerFaults({ line, cells }: Row, columns: readonly (Column | undefined)[]): readonly PersonLine[] {
  return cells.flatMap((cell, index) => {
    const column = columns[index];
    // Spreadsheets leave empty columns behind.
    if (cell === '' || (column !== undefined && columns.indexOf(column) === index)) return [];
    const is = column === undefined ? 'none of login, name and password' : `the second one for the ${column}`;
    const values = { column: cell.slice(0, MAX_HEADING) };
    const reason = `the column "${values.column}" is ${is}, so nothing was taken from it`;
    return [{ line, fault: { code: column === undefined ? 'column_unknown' : 'column_twice', reason, values } }];
  });
}

interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

function readRows(text: string): readonly Row[] {
  try {
    const records = parse(text, {
      bom: true,
      delimiter: [',', ';', '\t'],
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
      info: true,
      max_record_size: 4096,
    }) as unknown as readonly { readonly info: { readonly lines: number }; readonly record: readonly string[] }[];
    return records.map(({ info, record }) => ({ line: info.lines, cells: cellsOf(record) }));
  } catch (error) {
    throw new BadRequestError('import_invalid', `This is not a list of people: ${messageOf(error)}.`, error);
  }
}

/** A line without any delimiter is a login, and a name behind the first space. */
function cellsOf(record: readonly string[]): readonly string[] {
  const [only = '', ...rest] = record;
  if (rest.length > 0) return record;
  const [login = '', ...name] = only.split(/\s+/);
  return name.length > 0 ? [login, name.join(' ')] : [login];
}

function readPerson(line: number, login: string, name: string, password: string): PersonLine {
  if (!LOGIN.test(login)) {
    const reason = 'the login needs 1 to 64 letters without accents, digits, or any of . _ @ + -';
    return { line, fault: { code: 'login', reason } };
  }
  // Control characters would make names that look like others.
  if (name.length > MAX_NAME_LENGTH || /\p{Cc}/u.test(name)) {
    const values = { most: MAX_NAME_LENGTH };
    const reason = `the name may have ${values.most} characters, none of them invisible`;
    return { line, fault: { code: 'name', reason, values } };
  }
  if (password !== '' && (password.length < MIN_ACCOUNT_PASSWORD || password.length > MAX_PASSWORD_LENGTH)) {
    const values = { least: MIN_ACCOUNT_PASSWORD, most: MAX_PASSWORD_LENGTH };
    const reason = `the password needs ${values.least} to ${values.most} characters`;
    return { line, fault: { code: 'password', reason, values } };
  }
  return { line, person: { login, name: name === '' ? login : name, ...(password !== '' && { password }) } };
}
