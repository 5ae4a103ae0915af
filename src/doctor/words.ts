import { defineWords } from '../platform/words.ts';

export interface DoctorWords {
  names: Record<CheckName, string>;
  states: Record<'ok' | 'warn' | 'bad', string>;
  next: string;
  allWell: string;
  notWell: string;
  says: {
    nodeOk: (version: string) => string;
    nodeOld: (version: string) => string;
    settingsOk: string;
    binariesOk: (version: string) => string;
    ownServer: string;
    folderOk: (folder: string) => string;
    folderNew: (folder: string) => string;
    folderBad: (folder: string, why: string) => string;
    diskOk: (free: string) => string;
    diskLow: (free: string) => string;
    keyFromEnvironment: string;
    keyOk: (file: string) => string;
    keyNew: string;
    databaseOk: string;
    databaseNotRunning: string;
    databaseBehind: (count: number) => string;
    storeOk: (where: string) => string;
    storeFolder: string;
    storeBad: (why: string) => string;
    clockOk: (seconds: number) => string;
    clockOff: (seconds: number) => string;
    clockUnknown: string;
    trialOk: (program: string) => string;
    trialOnServer: string;
    trialElsewhere: string;
    trialMissing: string;
    trialNoClient: string;
    webOk: (url: string) => string;
    webOff: string;
  };
  steps: {
    node: string;
    folder: string;
    disk: string;
    serve: string;
    migrate: string;
    store: string;
    trial: string;
    trialClient: string;
    clock: string;
  };
}

export type CheckName =
  | 'node'
  | 'settings'
  | 'postgres'
  | 'folder'
  | 'disk'
  | 'key'
  | 'database'
  | 'store'
  | 'trial'
  | 'clock'
  | 'web';

export const doctorWords = defineWords<DoctorWords>({
  nl: {
    names: {
      node: 'Node.js',
      settings: 'Instellingen',
      postgres: 'PostgreSQL-programma',
      folder: 'Gegevensmap',
      disk: 'Schijfruimte',
      key: 'Hoofdsleutel',
      database: 'Database',
      store: 'Opslag van backups',
      trial: 'Proefherstel',
      clock: 'Klok',
      web: 'Webadres',
    },
    states: { ok: 'goed', warn: 'let op', bad: 'fout' },
    next: 'wat te doen',
    allWell: 'Alles is in orde.',
    notWell: 'Er is iets niet in orde.',
    says: {
      nodeOk: (version) => `versie ${version}`,
      nodeOld: (version) => `versie ${version}; nodig is 24`,
      settingsOk: 'alle instellingen zijn geldig',
      binariesOk: (version) => `meegeleverd, versie ${version}`,
      ownServer: 'eigen server (DATABASE_URL)',
      folderOk: (folder) => `${folder} is beschrijfbaar`,
      folderNew: (folder) => `${folder} wordt bij de eerste start gemaakt`,
      folderBad: (folder, why) => `${folder} is niet beschrijfbaar (${why})`,
      diskOk: (free) => `${free} vrij`,
      diskLow: (free) => `nog maar ${free} vrij`,
      keyFromEnvironment: 'uit NACHTWACHT_MASTER_KEY',
      keyOk: (file) => `${file}, alleen leesbaar voor deze gebruiker. Bewaar een kopie elders.`,
      keyNew: 'wordt bij de eerste start gemaakt',
      databaseOk: 'bereikbaar en bijgewerkt',
      databaseNotRunning: 'de meegeleverde database draait niet',
      databaseBehind: (count) => `${count} wijzigingen nog niet doorgevoerd`,
      storeOk: (where) => `S3: ${where} is bereikbaar`,
      storeFolder: 'mappen in de gegevensmap; S3 is niet ingesteld',
      storeBad: (why) => `S3 is niet bruikbaar: ${why}`,
      clockOk: (seconds) => `${seconds} s verschil met de database`,
      clockOff: (seconds) => `${seconds} s verschil met de database`,
      clockUnknown: 'niet vergeleken: de database is niet bereikbaar',
      trialOk: (program) => `laadt in een tijdelijke MariaDB (${program})`,
      trialOnServer: 'laadt in de server van NACHTWACHT_TRIAL_DATABASE_URL',
      trialElsewhere: 'deze machine heeft de rol worker niet',
      trialMissing: 'hier is geen MariaDB: de maandelijkse proef op de database mislukt',
      trialNoClient: 'het programma mariadb ontbreekt: de maandelijkse proef op de database mislukt',
      webOk: (url) => `${url} antwoordt`,
      webOff: 'Nachtwacht draait hier niet',
    },
    steps: {
      node: 'Start met ./nachtwacht of npm start: die gebruiken de juiste Node.',
      folder: 'Geef deze gebruiker schrijfrecht, of kies een andere map met NACHTWACHT_DATA.',
      disk: 'Maak ruimte, of bewaar de backups in S3.',
      serve: 'Start Nachtwacht: npm start',
      migrate: 'Werk bij: ./nachtwacht migrate (of start Nachtwacht opnieuw).',
      store: 'Controleer NACHTWACHT_S3_*, en of de sleutel in de bucket mag lezen en schrijven.',
      trial:
        'apt-get install mariadb-server-core mariadb-client (er gaat geen server aan), of zet NACHTWACHT_TRIAL_DATABASE_URL op een server die gebruikt mag worden.',
      trialClient: 'Installeer het: apt-get install mariadb-client',
      clock: 'Zet de klokken van beide machines gelijk (NTP).',
    },
  },
  en: {
    names: {
      node: 'Node.js',
      settings: 'Settings',
      postgres: 'PostgreSQL program',
      folder: 'Data folder',
      disk: 'Disk space',
      key: 'Master key',
      database: 'Database',
      store: 'Backup store',
      trial: 'Trial restore',
      clock: 'Clock',
      web: 'Web address',
    },
    states: { ok: 'good', warn: 'mind', bad: 'wrong' },
    next: 'what to do',
    allWell: 'All is well.',
    notWell: 'Something is not right.',
    says: {
      nodeOk: (version) => `version ${version}`,
      nodeOld: (version) => `version ${version}; 24 is needed`,
      settingsOk: 'all settings are valid',
      binariesOk: (version) => `embedded, version ${version}`,
      ownServer: 'a server of your own (DATABASE_URL)',
      folderOk: (folder) => `${folder} can be written`,
      folderNew: (folder) => `${folder} will be made at the first start`,
      folderBad: (folder, why) => `${folder} cannot be written (${why})`,
      diskOk: (free) => `${free} free`,
      diskLow: (free) => `only ${free} free`,
      keyFromEnvironment: 'from NACHTWACHT_MASTER_KEY',
      keyOk: (file) => `${file}, readable by this user only. Keep a copy elsewhere.`,
      keyNew: 'will be made at the first start',
      databaseOk: 'reachable and up to date',
      databaseNotRunning: 'the embedded database does not run',
      databaseBehind: (count) => `${count} changes not made yet`,
      storeOk: (where) => `S3: ${where} is reachable`,
      storeFolder: 'folders in the data folder; S3 is not set up',
      storeBad: (why) => `S3 cannot be used: ${why}`,
      clockOk: (seconds) => `${seconds} s off the database's`,
      clockOff: (seconds) => `${seconds} s off the database's`,
      clockUnknown: 'not compared: the database is not reachable',
      trialOk: (program) => `loads into a throw-away MariaDB (${program})`,
      trialOnServer: 'loads into the server of NACHTWACHT_TRIAL_DATABASE_URL',
      trialElsewhere: 'this machine does not have the role worker',
      trialMissing: 'there is no MariaDB here: the monthly trial of the database will fail',
      trialNoClient: 'the program mariadb is missing: the monthly trial of the database will fail',
      webOk: (url) => `${url} answers`,
      webOff: 'Nachtwacht does not run here',
    },
    steps: {
      node: 'Start with ./nachtwacht or npm start: they use the right Node.',
      folder: 'Let this user write there, or choose another folder with NACHTWACHT_DATA.',
      disk: 'Make room, or keep the backups in S3.',
      serve: 'Start Nachtwacht: npm start',
      migrate: 'Bring it up to date: ./nachtwacht migrate (or start Nachtwacht again).',
      store: 'Check NACHTWACHT_S3_*, and that the key may read and write in the bucket.',
      trial:
        'apt-get install mariadb-server-core mariadb-client (no server is started), or set NACHTWACHT_TRIAL_DATABASE_URL to a server that may be used.',
      trialClient: 'Install it: apt-get install mariadb-client',
      clock: 'Set the clocks of both machines (NTP).',
    },
  },
});
