/** What another location needs to judge a site by itself (`judgeCheck`, monitoring/rules/verdict.ts). */
export interface ElsewhereTarget {
  url: string;
  keyword: string | null;
  learnt: { hosts: readonly string[]; status: number };
}

/** Second locations, as the watcher sees them. */
export interface Elsewhere {
  /**
   * Has every second location look once. 'up' as soon as one sees the site well; 'down' when those that answered do not;
   * 'none' when none answered in time, or it has trouble of its own. Never rejects.
   */
  ask(target: ElsewhereTarget, signal?: AbortSignal): Promise<'up' | 'down' | 'none'>;
  /** Whether one was heard in the last 30 s, so that asking makes sense. */
  available(): boolean;
  close(): Promise<void>;
}
