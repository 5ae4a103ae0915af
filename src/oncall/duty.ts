import type { Hours } from './rules/hours.ts';

export interface GuardRow {
  id: string;
  user_id: string | null;
  name: string;
  phone: string | null;
  email: string | null;
  push_url: string | null;
  can_be_called: boolean;
  language: 'nl' | 'en';
  created_at: Date;
  removed_at: Date | null;
}

export interface RotaRow {
  id: string;
  name: string;
  position: number;
  time_zone: string;
  every: 'day' | 'week';
  handover: string;
  first_turn: string;
  created_at: Date;
  removed_at: Date | null;
}

export interface TurnRow {
  rota_id: string;
  position: number;
  guard_id: string | null;
}

export interface OverrideRow {
  id: string;
  rota_id: string;
  guard_id: string;
  from_at: Date;
  to_at: Date;
  note: string;
  made_at: Date;
  made_by: string;
  removed_at: Date | null;
}

/** Hours in which the guard of that rota is asked before the first line. */
export interface AskedFirst extends Hours {
  rota: string;
}

/** How guards are asked. Milliseconds. */
export interface DutyPolicy {
  receiptMs: number;
  callMs: number;
  nextMs: number;
  rounds: number;
  askedFirst: readonly AskedFirst[];
  officeHours: Hours;
}
