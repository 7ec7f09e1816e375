/** The people on the admin page, in Spanish. */
import type { englishAccounts } from '../english-accounts.ts';
import type { Message } from '../sentence.ts';

/** Part of the Spanish catalogue. */
export const accounts = {
  'accounts.title': 'Personas',
  'accounts.intro':
    'Quien tiene una cuenta puede crear salas, encontrar a los demás y llamarlos. Los invitados no la necesitan: les basta un enlace.',
  'accounts.loading': 'Cargando la lista de personas…',
  'accounts.failed': 'La lista no está actualizada',
  'accounts.again': 'Actualizar ahora',
  'accounts.refused': 'No se pudo completar la acción',
  'accounts.search': 'Buscar personas',
  'accounts.searchHint': 'Nombre o usuario',
  'accounts.none': 'Todavía no hay ninguna cuenta',
  'accounts.noneHint': 'Añada a alguien o importe una lista con todas las personas a la vez.',
  'accounts.firstHint':
    'Al arrancar, el servidor muestra un enlace con el que se crea la cuenta del primer administrador. También puede añadir a todas las personas aquí.',
  'accounts.noMatch': 'No hay nadie con ese nombre',
  'accounts.noMatchHint': 'Pruebe con una parte del nombre o del usuario, o con menos letras.',
  'accounts.more': 'Mostrar más',
  'accounts.off': 'Este servidor no tiene cuentas',
  'accounts.offHint':
    'Quien lo administra debe poner «{key}» en «on» en la configuración y reiniciarlo. Las salas y los enlaces funcionan sin cuentas.',
  'accounts.offSettings': 'Ver la configuración',
  // One person
  'accounts.since': 'Desde el {date}',
  'accounts.admin': 'Administrador',
  'accounts.disabled': 'Desactivada',
  'accounts.you': 'Usted',
  'accounts.deeds': 'Más opciones para {name}',
  'accounts.setPassword': 'Cambiar contraseña',
  'accounts.makeAdmin': 'Hacer administrador',
  'accounts.unmakeAdmin': 'Quitar como administrador',
  'accounts.disable': 'Desactivar',
  'accounts.enable': 'Activar',
  'accounts.delete': 'Eliminar',
  'accounts.deleteTitle': '¿Eliminar la cuenta de «{name}»?',
  'accounts.deleteText': 'Se cerrarán de inmediato todas sus sesiones. Las salas que creó se conservan.',
  'accounts.deleteDo': 'Eliminar cuenta',
  'accounts.didPassword':
    'A partir de ahora, {name} inicia sesión con la contraseña nueva. Se han cerrado todas sus sesiones.',
  'accounts.didAdmin': '{name} ya tiene permisos de administrador; debe volver a iniciar sesión.',
  'accounts.didNoAdmin': '{name} ya no tiene permisos de administrador; debe volver a iniciar sesión.',
  'accounts.didDisable': 'Se han cerrado todas las sesiones de {name}, que ya no puede volver a entrar.',
  'accounts.didEnable': '{name} puede volver a iniciar sesión.',
  'accounts.didDelete': 'Se ha eliminado la cuenta de {name}.',
  // A password
  'accounts.password': 'Contraseña',
  'accounts.newPassword': 'Contraseña nueva',
  'accounts.passwordHint': 'Al menos {count} caracteres. Si es posible, comuníquela en persona o por teléfono.',
  'accounts.passwordLater':
    'Al menos {count} caracteres. Sin contraseña, la persona no podrá iniciar sesión hasta que usted la establezca.',
  'accounts.passwordShort': 'Use al menos {count} caracteres; varias palabras juntas son fáciles de recordar.',
  'accounts.show': 'Mostrar la contraseña',
  'accounts.suggest': 'Sugerir una',
  'accounts.passwordTitle': 'Contraseña para {name}',
  'accounts.passwordText': 'La anterior dejará de ser válida y se cerrarán de inmediato todas sus sesiones.',
  'accounts.passwordDo': 'Guardar contraseña',
  // Somebody new
  'accounts.add': 'Añadir persona',
  'accounts.addTitle': 'Persona nueva',
  'accounts.name': 'Nombre',
  'accounts.nameHint': 'Es lo que ven los demás.',
  'accounts.login': 'Usuario',
  'accounts.loginHint': 'Para iniciar sesión; por ejemplo, una dirección de correo electrónico.',
  'accounts.addAdmin': 'Administrador: ve y cambia todo en este servidor',
  'accounts.addDo': 'Añadir',
  'accounts.close': 'Cerrar',
  'accounts.didAdd': '{name} ya puede iniciar sesión como «{login}».',
  'accounts.didAddLater':
    '{name} tiene la cuenta «{login}» y podrá iniciar sesión cuando usted establezca una contraseña.',
  // A list
  'accounts.import': 'Importar lista',
  'accounts.importTitle': 'Varias personas a la vez',
  'accounts.importHint':
    'Una línea por persona: usuario, nombre y, si quiere, contraseña, separados por comas, puntos y coma o tabuladores. La primera línea puede contener los títulos de las columnas. Quien ya tenga cuenta recibe el nombre de la lista y conserva todo lo demás.',
  'accounts.list': 'Lista',
  'accounts.listHint': 'Péguela, arrastre un archivo hasta aquí o elija uno.',
  'accounts.listExample': 'Usuario, nombre, contraseña\nana, Ana Lima\nben, Ben Okoro, caballo correcto pila grapa',
  'accounts.choose': 'Elegir archivo',
  'accounts.importDo': {
    one: 'Importar {count} línea',
    many: 'Importar {count} de líneas',
    other: 'Importar {count} líneas',
  },
  'accounts.importEmpty': 'Importar',
  'accounts.importing': 'Importando…',
  'accounts.listLong': 'Una lista puede tener como máximo 1 MB; divídala.',
  'accounts.listUnread': 'No se puede leer este archivo; guárdelo como texto o CSV y elíjalo de nuevo.',
  'accounts.made': {
    one: '{count} cuenta creada',
    many: '{count} de cuentas creadas',
    other: '{count} cuentas creadas',
  },
  'accounts.renamed': '{count} con nombre nuevo',
  'accounts.unchanged': '{count} sin cambios',
  'accounts.importNobody': 'La lista no contenía a nadie',
  'accounts.importNone': 'No se importó ninguna línea',
  'accounts.importAll': 'Se importaron todas las líneas.',
  'accounts.faults': {
    one: 'Se omitió {count} línea',
    many: 'Se omitieron {count} de líneas',
    other: 'Se omitieron {count} líneas',
  },
  'accounts.faultsMany': 'Se omitieron más de {count} líneas; estas son las primeras',
  'accounts.faultsHint': 'Corrija la lista y vuelva a importarla: lo que ya se importó no cambia.',
  'accounts.faultLine': 'Línea {line}',
  // Why a line was left out, by what the server calls it
  'importFault.login': 'El usuario necesita de 1 a 64 letras sin acentos, cifras o alguno de . _ @ + -',
  'importFault.name': 'El nombre puede tener {most} caracteres, ninguno invisible',
  'importFault.password': 'La contraseña necesita de {least} a {most} caracteres',
  'importFault.column_unknown':
    'La columna «{column}» no es usuario, nombre ni contraseña, por lo que no se tomó nada de ella',
  'importFault.column_twice': 'La columna «{column}» es la segunda para lo mismo, por lo que no se tomó nada de ella',
  'importFault.too_many_passwords': 'Una lista establece como máximo {most} contraseñas; ponga esta línea en otra',
  'importFault.too_many_accounts': 'Ya hay {most} cuentas',
} as const satisfies Record<keyof typeof englishAccounts, Message>;
