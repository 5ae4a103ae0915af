import { defineWords } from '../../src/platform/words.ts';

interface OrderWords {
  up: (name: string) => string;
  down: (name: string) => string;
  moved: (name: string, place: number, of: number) => string;
  hint: string;
}

export const orderWords = defineWords<OrderWords>({
  nl: {
    up: (name) => `${name} omhoog`,
    down: (name) => `${name} omlaag`,
    moved: (name, place, of) => `${name} staat nu op plaats ${place} van ${of}.`,
    hint: 'Alt met pijltje omhoog of omlaag verplaatst ook; slepen kan met de muis.',
  },
  en: {
    up: (name) => `Move ${name} up`,
    down: (name) => `Move ${name} down`,
    moved: (name, place, of) => `${name} is now at place ${place} of ${of}.`,
    hint: 'Alt with arrow up or down moves too; a mouse can drag.',
  },
});
