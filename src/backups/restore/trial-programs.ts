import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The programs of MariaDB or MySQL that a trial restore starts; undefined = not on this machine. */
export interface TrialPrograms {
  /** Loads the dump, also into a server of your own. */
  client: string | undefined;
  /** The throw-away server, and what makes its folder. */
  server: string | undefined;
  install: string | undefined;
}

/** Looks for them on PATH and where servers lie, which is not on the PATH of ordinary users. */
export function findTrialPrograms(folders: readonly string[] = usualFolders()): TrialPrograms {
  return {
    client: find(['mariadb', 'mysql'], folders),
    server: find(['mariadbd', 'mysqld'], folders),
    install: find(['mariadb-install-db', 'mysql_install_db'], folders),
  };
}

function usualFolders(): string[] {
  const named = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return [...named, '/usr/sbin', '/usr/local/sbin', '/usr/bin'];
}

function find(names: readonly string[], folders: readonly string[]): string | undefined {
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(mayRun);
}

function mayRun(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
