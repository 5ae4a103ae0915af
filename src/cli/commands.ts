import { registerBackup } from './backup.ts';
import { registerChannels } from './channels.ts';
import type { RegisterCommands } from './cli.ts';
import { registerConnector, registerCustomer, registerDuties, registerRun, registerToken } from './house.ts';
import { registerIncidents } from './incidents.ts';
import { registerMonitor } from './monitor.ts';
import { registerOncall } from './oncall.ts';
import { registerOwnProgram } from './own-program.ts';
import { registerDrill, registerProbe } from './probe.ts';
import { registerRestore } from './restore.ts';
import { registerSettings } from './settings.ts';
import { registerSite } from './site.ts';

/** All commands, in the order of the help. A capability adds its own here in one line. */
export const registrations: RegisterCommands[] = [
  registerOwnProgram,
  registerCustomer,
  registerSite,
  registerBackup,
  registerRestore,
  registerDuties,
  registerMonitor,
  registerIncidents,
  registerOncall,
  registerChannels,
  registerProbe,
  registerDrill,
  registerRun,
  registerToken,
  registerSettings,
  registerConnector,
];
