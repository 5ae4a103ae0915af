import { useId } from 'react';
import { useLanguage, useWords } from '../ui/language.tsx';
import { keepView } from './account.ts';
import { chooseLanguage } from './language.ts';
import { chooseTheme, themes, useTheme } from './theme.ts';
import { shellWords } from './words.ts';
import styles from './Frame.module.css';

interface ChoiceProps<Value extends string> {
  legend: string;
  value: Value;
  options: readonly { value: Value; label: string; lang?: string }[];
  onChange: (value: Value) => void;
}

function Choice<Value extends string>({ legend, value, options, onChange }: ChoiceProps<Value>) {
  const name = useId();
  return (
    <fieldset className={styles.choice}>
      <legend>{legend}</legend>
      <div className={styles.options}>
        {options.map((each) => (
          <label key={each.value} lang={each.lang}>
            <input
              type="radio"
              name={name}
              value={each.value}
              checked={each.value === value}
              onChange={() => onChange(each.value)}
            />
            {each.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** Language and appearance of this browser. */
export function ViewChoices() {
  const words = useWords(shellWords);
  const language = useLanguage();
  const theme = useTheme();
  return (
    <>
      <Choice
        legend={words.language}
        value={language}
        options={[
          { value: 'nl', label: words.languages.nl, lang: 'nl' },
          { value: 'en', label: words.languages.en, lang: 'en' },
        ]}
        onChange={(chosen) => {
          chooseLanguage(chosen);
          keepView({ language: chosen });
        }}
      />
      <Choice
        legend={words.theme}
        value={theme}
        options={themes.map((each) => ({ value: each, label: words.themes[each] }))}
        onChange={(chosen) => {
          chooseTheme(chosen);
          keepView({ theme: chosen === 'system' ? null : chosen });
        }}
      />
    </>
  );
}
