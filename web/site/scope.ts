/** What a person chose to restore. */
export interface Choice {
  what: 'all' | 'files' | 'tables' | 'part';
  files: readonly string[];
  tables: readonly string[];
}

/** The choice as the API takes it. */
export function scopeOf(choice: Choice): { files?: string[]; tables?: string[] } {
  if (choice.what === 'all') return {};
  if (choice.what === 'files') return { files: ['*'] };
  if (choice.what === 'tables') return { tables: ['*'] };
  return {
    ...(choice.files.length === 0 ? {} : { files: [...choice.files] }),
    ...(choice.tables.length === 0 ? {} : { tables: [...choice.tables] }),
  };
}

/** A part without anything in it would mean the whole site. */
export function isEmptyChoice(choice: Choice): boolean {
  return choice.what === 'part' && choice.files.length + choice.tables.length === 0;
}
