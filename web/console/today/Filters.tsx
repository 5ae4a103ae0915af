import { useState } from 'react';
import type { SitesPage } from '../../../src/overview/contract.ts';
import { siteStates } from '../../../src/overview/rules/site-state.ts';
import { overviewWords, reasonInWords } from '../../../src/overview/words.ts';
import { numberInWords } from '../../../src/platform/words.ts';
import { Button } from '../../ui/Button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { useLanguage, useWords } from '../../ui/language.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { changed, isFiltered, listSorts, type ListSearch } from './list-search.ts';
import { markOf } from './site-facts.ts';
import styles from './Filters.module.css';
import { todayWords } from './words.ts';

interface FiltersProps {
  search: ListSearch;
  page: SitesPage | undefined;
  onShow: (search: ListSearch) => void;
}

/** What the list is cut down to: states with how many there are, plan, versions; and its order. */
export function Filters({ search, page, onShow }: FiltersProps) {
  const words = useWords(todayWords);
  const language = useLanguage();
  const { states } = overviewWords(language);
  const [isUnfolded, setUnfolded] = useState(false);
  const facets = page?.facets;
  const number = (value: number): string => numberInWords(value, language);
  const countOf = new Map(facets?.state.map(({ value, count }) => [value, count]));
  return (
    <div className={styles.filters}>
      <div className={styles.chips}>
        <Chip
          isOn={search.state === undefined && search.reason === undefined}
          onClick={() => onShow(changed(search, { state: undefined, reason: undefined }))}
        >
          {words.all} {facets && number(facets.state.reduce((sum, { count }) => sum + count, 0))}
        </Chip>
        {siteStates
          .filter((state) => countOf.has(state) || search.state === state)
          .map((state) => (
            <Chip
              key={state}
              isOn={search.state === state}
              onClick={() =>
                onShow(changed(search, { state: search.state === state ? undefined : state, reason: undefined }))
              }
            >
              <StateMark state={markOf(state, undefined)}>{states[state]}</StateMark> {number(countOf.get(state) ?? 0)}
            </Chip>
          ))}
        {search.reason && (
          <Chip isOn onClick={() => onShow(changed(search, { reason: undefined }))}>
            {words.only(reasonInWords({ code: search.reason }, language))} <span aria-hidden="true">✕</span>
          </Chip>
        )}
      </div>
      <Button
        look="quiet"
        size="small"
        className={styles.unfold}
        aria-expanded={isUnfolded}
        onClick={() => setUnfolded(!isUnfolded)}
      >
        {words.moreFilters} <span aria-hidden="true">{isUnfolded ? '▴' : '▾'}</span>
      </Button>
      <div className={classNames(styles.choices, isUnfolded && styles.unfolded)}>
        <Choice
          label={words.plan}
          every={words.everyPlan}
          value={search.plan}
          options={facets?.plan.map(({ value, count }) => [
            value,
            value === 'hourly' ? words.plans.hourly : words.plans.daily,
            count,
          ])}
          onChange={(plan) =>
            onShow(changed(search, { plan: plan === 'hourly' || plan === 'daily' ? plan : undefined }))
          }
        />
        <Choice
          label={words.wordpress}
          every={words.everyWordpress}
          value={search.wordpress}
          options={facets?.wordpress.map(({ value, count }) => [value, `WordPress ${value}`, count])}
          onChange={(wordpress) => onShow(changed(search, { wordpress }))}
        />
        <Choice
          label={words.php}
          every={words.everyPhp}
          value={search.php}
          options={facets?.php.map(({ value, count }) => [value, `PHP ${value}`, count])}
          onChange={(php) => onShow(changed(search, { php }))}
        />
        <Choice
          label={words.work}
          every={words.everyWork}
          value={search.late ? 'late' : search.runs ? 'runs' : undefined}
          options={
            facets && [
              ['late', words.late, facets.overdue],
              ['runs', words.running, facets.running],
            ]
          }
          onChange={(value) =>
            onShow(
              changed(search, {
                late: value === 'late' ? true : undefined,
                runs: value === 'runs' ? true : undefined,
              }),
            )
          }
        />
        <Choice
          label={words.order}
          value={search.sort ?? 'state'}
          options={listSorts.map((sort) => [sort, words.orders[sort]])}
          onChange={(value) => {
            const sort = listSorts.find((each) => each === value && each !== 'state');
            onShow(changed(search, { sort, down: undefined }));
          }}
        />
        {isFiltered(search) && (
          <Button
            look="quiet"
            size="small"
            onClick={() => onShow(changed({ ...(search.sort && { sort: search.sort }) }, {}))}
          >
            {words.clearFilter}
          </Button>
        )}
      </div>
    </div>
  );
}

function Chip({ isOn, onClick, children }: { isOn: boolean; onClick: () => void; children: React.ReactNode }) {
  return (
    <button type="button" className={classNames(styles.chip, isOn && styles.on)} aria-pressed={isOn} onClick={onClick}>
      {children}
    </button>
  );
}

interface ChoiceProps {
  label: string;
  /** What stands for no choice; without it there is always one. */
  every?: string;
  value: string | undefined;
  options: (readonly [value: string, label: string, count?: number])[] | undefined;
  onChange: (value: string | undefined) => void;
}

function Choice({ label, every, value, options = [], onChange }: ChoiceProps) {
  const language = useLanguage();
  const isListed = value === undefined || options.some(([each]) => each === value);
  return (
    <select
      className={classNames(styles.choice, value !== undefined && every !== undefined && styles.on)}
      aria-label={label}
      value={value ?? ''}
      onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
    >
      {every !== undefined && <option value="">{every}</option>}
      {!isListed && <option value={value}>{value}</option>}
      {options.map(([each, name, count]) => (
        <option key={each} value={each}>
          {count === undefined ? name : `${name} (${numberInWords(count, language)})`}
        </option>
      ))}
    </select>
  );
}
