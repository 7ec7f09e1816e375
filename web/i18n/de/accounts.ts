/** The sentences of the people on the admin page, in German. */
import type { englishAccounts } from '../english-accounts.ts';
import type { Message } from '../sentence.ts';

/** Part of the German catalogue. */
export const accounts = {
  'accounts.title': 'Personen',
  'accounts.intro':
    'Wer hier ein Konto hat, erstellt Räume, findet die anderen und ruft sie an. Gäste brauchen keines: Ein Link genügt.',
  'accounts.loading': 'Personen werden geladen…',
  'accounts.failed': 'Die Liste ist nicht aktuell',
  'accounts.again': 'Jetzt abrufen',
  'accounts.refused': 'Das hat nicht geklappt',
  'accounts.search': 'Personen suchen',
  'accounts.searchHint': 'Name oder Anmeldename',
  'accounts.none': 'Noch hat niemand ein Konto',
  'accounts.noneHint': 'Fügen Sie jemanden hinzu, oder importieren Sie alle auf einmal aus einer Liste.',
  'accounts.firstHint':
    'Beim Start gibt der Server einen Link aus, mit dem das Konto des ersten Admins entsteht. Sie können auch hier alle hinzufügen.',
  'accounts.noMatch': 'So heißt hier niemand',
  'accounts.noMatchHint': 'Geben Sie einen Teil des Namens oder Anmeldenamens ein, oder weniger Buchstaben.',
  'accounts.more': 'Mehr anzeigen',
  'accounts.off': 'Auf diesem Server gibt es keine Konten',
  'accounts.offHint':
    'Wer ihn betreibt, setzt „{key}“ in der Konfiguration auf „on“ und startet ihn neu. Räume und Links funktionieren auch ohne Konten.',
  'accounts.offSettings': 'Einstellungen anzeigen',
  // One person
  'accounts.since': 'Seit {date}',
  'accounts.admin': 'Admin',
  'accounts.disabled': 'Gesperrt',
  'accounts.you': 'Sie',
  'accounts.deeds': 'Mehr zu {name}',
  'accounts.setPassword': 'Passwort setzen',
  'accounts.makeAdmin': 'Zum Admin machen',
  'accounts.unmakeAdmin': 'Adminrechte entziehen',
  'accounts.disable': 'Sperren',
  'accounts.enable': 'Entsperren',
  'accounts.delete': 'Löschen',
  'accounts.deleteTitle': 'Konto von „{name}“ löschen?',
  'accounts.deleteText': 'Alle Anmeldungen mit diesem Konto enden sofort. Die damit erstellten Räume bleiben.',
  'accounts.deleteDo': 'Konto löschen',
  'accounts.didPassword': '{name} meldet sich ab jetzt mit dem neuen Passwort an und ist überall abgemeldet.',
  'accounts.didAdmin': '{name} ist jetzt Admin und muss sich neu anmelden.',
  'accounts.didNoAdmin': '{name} ist kein Admin mehr und muss sich neu anmelden.',
  'accounts.didDisable': '{name} ist überall abgemeldet und kann sich nicht mehr anmelden.',
  'accounts.didEnable': '{name} kann sich wieder anmelden.',
  'accounts.didDelete': 'Das Konto von {name} ist gelöscht.',
  // A password
  'accounts.password': 'Passwort',
  'accounts.newPassword': 'Neues Passwort',
  'accounts.passwordHint': 'Mindestens {count} Zeichen. Geben Sie es möglichst persönlich oder am Telefon weiter.',
  'accounts.passwordLater':
    'Mindestens {count} Zeichen. Ohne Passwort ist keine Anmeldung möglich, bis Sie eines setzen.',
  'accounts.passwordShort': 'Mindestens {count} Zeichen, bitte. Mehrere Wörter lassen sich leicht merken.',
  'accounts.show': 'Passwort anzeigen',
  'accounts.suggest': 'Vorschlagen',
  'accounts.passwordTitle': 'Passwort für {name}',
  'accounts.passwordText': 'Das bisherige gilt dann nicht mehr, und alle Anmeldungen damit enden sofort.',
  'accounts.passwordDo': 'Passwort setzen',
  // Somebody new
  'accounts.add': 'Person hinzufügen',
  'accounts.addTitle': 'Neue Person',
  'accounts.name': 'Name',
  'accounts.nameHint': 'So wird die Person angezeigt.',
  'accounts.login': 'Anmeldename',
  'accounts.loginHint': 'Damit meldet sich die Person an, zum Beispiel eine E-Mail-Adresse.',
  'accounts.addAdmin': 'Admin: sieht und ändert alles auf diesem Server',
  'accounts.addDo': 'Hinzufügen',
  'accounts.close': 'Schließen',
  'accounts.didAdd': '{name} kann sich jetzt als „{login}“ anmelden.',
  'accounts.didAddLater': '{name} hat das Konto „{login}“ und kann sich anmelden, sobald Sie ein Passwort setzen.',
  // A list
  'accounts.import': 'Liste importieren',
  'accounts.importTitle': 'Viele auf einmal',
  'accounts.importHint':
    'Eine Zeile je Person: Anmeldename, Name und, wenn Sie möchten, Passwort, getrennt durch Komma, Strichpunkt oder Tabulator. Die erste Zeile darf die Spalten nennen. Wer schon da ist, bekommt den Namen aus der Liste und behält alles andere.',
  'accounts.list': 'Liste',
  'accounts.listHint': 'Fügen Sie sie ein, ziehen Sie eine Datei hierher, oder wählen Sie eine aus.',
  'accounts.listExample': 'Anmeldename, Name, Passwort\nana, Ana Lima\nben, Ben Okoro, vier lange leise Wörter',
  'accounts.choose': 'Datei auswählen',
  'accounts.importDo': { one: '{count} Zeile importieren', other: '{count} Zeilen importieren' },
  'accounts.importEmpty': 'Importieren',
  'accounts.importing': 'Import läuft…',
  'accounts.listLong': 'Eine Liste darf höchstens 1 MB groß sein. Teilen Sie sie auf.',
  'accounts.listUnread':
    'Diese Datei lässt sich nicht lesen. Speichern Sie sie als Text oder CSV, und wählen Sie sie erneut aus.',
  'accounts.made': { one: '{count} Konto erstellt', other: '{count} Konten erstellt' },
  'accounts.renamed': '{count} umbenannt',
  'accounts.unchanged': '{count} unverändert',
  'accounts.importNobody': 'In dieser Liste stand niemand',
  'accounts.importNone': 'Keine Zeile wurde übernommen',
  'accounts.importAll': 'Alle Zeilen wurden übernommen.',
  'accounts.faults': { one: '{count} Zeile wurde ausgelassen', other: '{count} Zeilen wurden ausgelassen' },
  'accounts.faultsMany': 'Mehr als {count} Zeilen wurden ausgelassen; dies sind die ersten',
  'accounts.faultsHint': 'Korrigieren Sie die Liste, und importieren Sie sie erneut: Übernommenes bleibt, wie es ist.',
  'accounts.faultLine': 'Zeile {line}',
  // Why a line was left out, by what the server calls it
  'importFault.login':
    'Der Anmeldename braucht 1 bis 64 Buchstaben ohne Akzente und Umlaute, Ziffern oder eines von . _ @ + -',
  'importFault.name': 'Der Name darf {most} Zeichen haben, keines davon unsichtbar',
  'importFault.password': 'Das Passwort braucht {least} bis {most} Zeichen',
  'importFault.column_unknown':
    'Die Spalte „{column}“ ist weder Anmeldename noch Name noch Passwort, deshalb wurde daraus nichts übernommen',
  'importFault.column_twice':
    'Die Spalte „{column}“ ist eine zweite für dasselbe, deshalb wurde daraus nichts übernommen',
  'importFault.too_many_passwords':
    'Eine Liste setzt höchstens {most} Passwörter; nehmen Sie diese Zeile in eine andere',
  'importFault.too_many_accounts': 'Es gibt schon {most} Konten',
} as const satisfies Record<keyof typeof englishAccounts, Message>;
