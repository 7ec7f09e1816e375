import { describe, expect, it } from 'vitest';
import { readPeople } from '../../../src/accounts/read-people.ts';

const ANN = { login: 'ann', name: 'Ann Meyer', password: 'one long password' };

describe('the first line of a list of people', () => {
  it.each([
    'Login,Name,Password',
    'User name,Display name,Password',
    'Login,Name,Passwort',
    'Anmeldename;Name;Kennwort',
    'Benutzername\tVollständiger Name\tPasswort',
    'Identifiant;Nom;Mot de passe',
    'Nom d’utilisateur;Nom complet;Mot de passe',
    'Adresse e-mail;Nom;MOT DE PASSE',
    'Usuario;Nombre;Contraseña',
    'Correo electrónico;Nombre y apellidos;Contrasen\u0303a',
    'Usuário;Nome;Senha',
    'E-mail;Nome completo;Palavra-passe',
    'E_Mail,NAME,password',
  ])('names the columns in any language of the pages: %s', (header) => {
    const delimiter = /[,;\t]/.exec(header)?.[0] ?? ',';
    const list = `${header}\n${Object.values(ANN).join(delimiter)}\n`;
    expect(readPeople(list)).toEqual([{ line: 2, person: ANN }]);
  });

  it('may have them in another order, and without some', () => {
    expect(readPeople('Senha,Usuário\none long password,ann\n')).toEqual([
      { line: 2, person: { ...ANN, name: 'ann' } },
    ]);
  });

  it('is told which of its columns are not known, and the rest is read', () => {
    const [unknown, person, ...more] = readPeople('Login,Name,Geheimwort,\nann,Ann Meyer,one long password,\n');
    expect(unknown).toMatchObject({
      line: 1,
      fault: {
        code: 'column_unknown',
        reason: expect.stringMatching(/"Geheimwort" is none of/) as string,
        values: { column: 'Geheimwort' },
      },
    });
    expect(person).toEqual({ line: 2, person: { login: 'ann', name: 'Ann Meyer' } });
    expect(more).toEqual([]);
  });

  it('is told of a second column for the same', () => {
    expect(readPeople('Login,E-Mail,Name\nann,ann@example.org,Ann Meyer\n')).toMatchObject([
      {
        line: 1,
        fault: {
          code: 'column_twice',
          reason: expect.stringMatching(/"E-Mail" is the second one for the login/) as string,
          values: { column: 'E-Mail' },
        },
      },
      { line: 2, person: { login: 'ann', name: 'Ann Meyer' } },
    ]);
  });

  it('is a person where it names no column of logins, also one that is called as objects’ own fields are', () => {
    expect(readPeople('ann,Nome\nconstructor,Bob\n')).toEqual([
      { line: 1, person: { login: 'ann', name: 'Nome' } },
      { line: 2, person: { login: 'constructor', name: 'Bob' } },
    ]);
  });
});
