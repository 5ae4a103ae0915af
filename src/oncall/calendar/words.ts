import { defineWords } from '../../platform/words.ts';

interface CalendarWords {
  name: (agency: string) => string;
  summary: (guard: string, rota: string) => string;
  hole: (rota: string) => string;
  override: string;
  turn: string;
}

export const calendarWords = defineWords<CalendarWords>({
  nl: {
    name: (agency) => `Dienst ${agency}`,
    summary: (guard, rota) => `${guard} heeft dienst (${rota})`,
    hole: (rota) => `Niemand heeft dienst (${rota})`,
    override: 'Ruil of vervanging.',
    turn: 'Volgens het rooster.',
  },
  en: {
    name: (agency) => `Duty ${agency}`,
    summary: (guard, rota) => `${guard} is on duty (${rota})`,
    hole: (rota) => `Nobody is on duty (${rota})`,
    override: 'A swap or replacement.',
    turn: 'By the rota.',
  },
});
