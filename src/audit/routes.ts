import { implement } from '@orpc/server';
import type { Platform } from '../platform/platform.ts';
import { auditContract } from './contract.ts';
import { listAudit } from './store.ts';

const os = implement(auditContract).$context<{ platform: Platform }>();

export const auditRoutes = os.router({
  list: os.list.handler(async ({ context, input }) => {
    const { subject, before, limit } = input;
    const filter = {
      limit,
      ...(subject === undefined ? {} : { subject }),
      ...(before === undefined ? {} : { before }),
    };
    return (await listAudit(context.platform.db, filter)).map((row) => ({ ...row, at: row.at.toISOString() }));
  }),
});
