/** The sentences of the health and the settings of the server on the admin page. */

/** Part of the English catalogue of the admin page. */
export const englishAdminServer = {
  // Health
  'adminHealth.title': 'Health',
  'adminHealth.allWell': 'All well',
  'adminHealth.bad': { one: '{count} needs attention', other: '{count} need attention' },
  'adminHealth.failed': 'The server’s health is unknown',
  'adminHealth.well': '{check}: well',
  'adminHealth.ill': '{check}: needs attention',
  // By what the server calls its checks
  'healthCheck.ffmpeg': 'FFmpeg',
  'healthCheck.redis': 'Redis',
  'healthCheck.database': 'Database',
  'healthCheck.disk': 'Disk',
  'healthCheck.archives': 'Archives',
  'healthCheck.renders': 'Renderings',
  'healthDetail.answers': 'Answers',
  'healthDetail.archives_attended': 'None waits for a worker',
  'healthDetail.renders_attended': 'None waits for a worker',
  'healthDetail.worker_missing':
    'No archive worker is connected. Run “gridcast worker”, or set archive.workers to 1 or more and restart the server.',
  'healthDetail.worker_ended': 'The server’s own archive worker is not running. The server’s log says why it ends.',
  'healthDetail.redis_silent': 'Not responding. Live rooms go on; archives wait until it is back.',
  'healthDetail.redis_refuses':
    'Responding, but accepting nothing. Live rooms go on; archives wait. The server’s log says what Redis answers.',
  'healthDetail.database_silent': 'Not responding. Live rooms go on; lists and settings wait until it is back.',
  'healthDetail.disk_free': '{free} free',
  'healthDetail.disk_low': 'Only {free} free. Delete recordings or move the data folder.',
  'healthDetail.disk_unwritable': 'The data folder cannot be written: {reason}',
  // Beside recordings that wait for it
  'archiveWait.title': 'Archives are waiting',
  'archiveWait.kept': 'What was recorded is kept; archiving goes on by itself once this is solved.',
  'renderWait.title': 'Renderings are waiting',
  'renderWait.kept': 'What was ordered is kept; rendering goes on by itself once this is solved.',
  // Settings
  'adminSettings.intro':
    'What this server runs with. Settings are changed in its configuration file or its environment, and take effect at the next start; {file} explains each of them.',
  'adminSettings.loading': 'Loading the settings…',
  'adminSettings.failed': 'The settings cannot be shown',
  'adminSettings.search': 'Search the settings',
  'adminSettings.changedOnly': 'Only those that were set',
  'adminSettings.noMatch': 'No setting matches',
  'adminSettings.noMatchHint': 'Search for other words.',
  'adminSettings.noMatchSet': 'Search for other words, or show the defaults, too.',
  'adminSettings.setting': 'Setting',
  'adminSettings.value': 'Value',
  'adminSettings.from': 'From',
  'adminSettings.default': 'Default',
  'adminSettings.file': 'File',
  'adminSettings.environment': 'Environment',
  'adminSettings.unset': 'Not set',
  'adminSettings.secret': 'Set, and not shown',
} as const;
