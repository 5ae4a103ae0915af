import { useMutation } from '@tanstack/react-query';
import { useId, useState, type ReactNode } from 'react';
import { numberInWords } from '../../../src/platform/words.ts';
import { judgeAccent, normalColour, type ModeVerdict } from '../../../src/settings/rules/accent.ts';
import { api, queryClient } from '../../api.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Form } from '../../ui/Form.tsx';
import { Input } from '../../ui/Input.tsx';
import { useLanguage, useWords } from '../../ui/language.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { StateMark } from '../../ui/StateMark.tsx';
import { toast } from '../../ui/toast.ts';
import { useChange, type PartProps } from './part.ts';
import styles from './Settings.module.css';
import { settingsScreenWords } from './words.ts';

/** Lantern gold: where the picker begins. */
const ownColour = '#8a5a00';
const ownAtNight = '#e8b04a';

/** The accent, judged while it is chosen, and the logo. */
export function BrandPanel({ settings, canChange }: PartProps) {
  const words = useWords(settingsScreenWords);
  const change = useChange();
  const [typed, setTyped] = useState(settings.accent?.asked ?? settings.accent?.light ?? ownColour);
  const colour = normalColour(typed);
  // Lantern gold is a pair made by hand: it is not judged, and there is nothing to save.
  const isOwn = settings.accent === null && colour === ownColour;
  return (
    <Panel title={words.brand.title} note={words.brand.note}>
      <div className={styles.two}>
        <Form
          onSubmit={() => {
            if (colour !== undefined && !isOwn) change.mutate({ accent: colour });
          }}
          error={change.error}
          errorFields={{ 'colour-wrong': 'colour' }}
          submit={words.save}
          working={change.isPending}
          className={canChange ? undefined : styles.readOnly}
          actions={
            settings.accent !== null && (
              <Button
                look="quiet"
                onClick={() => {
                  change.mutate({ accent: null });
                  setTyped(ownColour);
                }}
              >
                {words.brand.useOwn}
              </Button>
            )
          }
        >
          <div className={styles.colour}>
            <Input
              label={words.brand.colour}
              name="colour"
              value={typed}
              onChange={setTyped}
              hint={words.brand.colourHint}
              maxLength={9}
              spellCheck={false}
              disabled={!canChange}
            />
            <input
              type="color"
              className={styles.picker}
              aria-label={words.brand.pick}
              value={colour ?? ownColour}
              disabled={!canChange}
              onChange={(event) => setTyped(event.target.value)}
            />
          </div>
          {colour === undefined ? (
            <StateMark state="broken">{words.brand.notAColour}</StateMark>
          ) : (
            <Verdict colour={colour} isOwn={isOwn} />
          )}
        </Form>
        <Logo logo={settings.logo} canChange={canChange} />
      </div>
    </Panel>
  );
}

/** What becomes of the colour by day and by night, with the reason, and how that looks. */
function Verdict({ colour, isOwn }: { colour: string; isOwn: boolean }) {
  const words = useWords(settingsScreenWords);
  const { light, dark: darkOfColour, looksLike } = judgeAccent(colour);
  const dark = isOwn ? judgeAccent(ownAtNight).dark : darkOfColour;
  return (
    <div className={styles.verdicts} aria-live="polite">
      <Sample title={words.brand.light} verdict={light} mode="light" />
      <Sample title={words.brand.dark} verdict={dark} mode="dark" />
      {looksLike !== null && <StateMark state="unsure">{words.brand.looksLike[looksLike]}</StateMark>}
    </div>
  );
}

const grounds = { light: { paper: '#faf8f4', panel: '#ffffff' }, dark: { paper: '#15120e', panel: '#1d1914' } };

function Sample({ title, verdict, mode }: { title: string; verdict: ModeVerdict; mode: 'light' | 'dark' }): ReactNode {
  const words = useWords(settingsScreenWords);
  const language = useLanguage();
  const { colour, wash, passes, moved, askedContrast, contrast } = verdict;
  const figure = (value: number): string => numberInWords(Math.floor(value * 10) / 10, language, 1);
  const says =
    passes || moved === 'not'
      ? words.brand.passes(figure(contrast))
      : words.brand[moved](figure(askedContrast), figure(contrast));
  const { paper, panel } = grounds[mode];
  return (
    <div>
      <h3 className={styles.small}>{title}</h3>
      <div className={styles.sample} style={{ background: panel }} aria-hidden="true">
        <span className={styles.sampleButton} style={{ background: colour, color: paper }}>
          {words.brand.sample}
        </span>
        <span className={styles.sampleText} style={{ background: wash, color: colour }}>
          {words.brand.sampleText}
        </span>
      </div>
      <p className={styles.soft}>{says}</p>
    </div>
  );
}

/** A file as base64, as the contract takes it. */
async function base64Of(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = '';
  for (const byte of bytes) text += String.fromCodePoint(byte);
  return btoa(text);
}

function Logo({ logo, canChange }: { logo: string | null; canChange: boolean }) {
  const words = useWords(settingsScreenWords);
  const id = useId();
  const set = useMutation({
    mutationFn: async (file: File | null) =>
      api.settings.setLogo.call({ picture: file === null ? null : await base64Of(file) }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: api.settings.show.key() });
      toast(words.brand.reload);
    },
  });
  return (
    <div className={styles.logo}>
      <h3 className={styles.small}>{words.brand.logo}</h3>
      <div className={styles.logoFrame}>
        {logo === null ? (
          <span className={styles.soft}>{words.brand.noLogo}</span>
        ) : (
          <img src={logo} alt={words.brand.logoAlt} />
        )}
      </div>
      {canChange && (
        <div className={styles.row}>
          <label className={styles.file} htmlFor={id}>
            {words.brand.chooseLogo}
            <input
              id={id}
              type="file"
              accept="image/png,image/jpeg,image/webp,image/svg+xml"
              onChange={(event) => {
                const file = event.target.files?.[0];
                if (file !== undefined) set.mutate(file);
                event.target.value = '';
              }}
            />
          </label>
          {logo !== null && (
            <Button look="quiet" onClick={() => set.mutate(null)}>
              {words.brand.removeLogo}
            </Button>
          )}
        </div>
      )}
      <p className={styles.soft}>{words.brand.logoHint}</p>
      {set.isError && <ErrorNote error={set.error} />}
    </div>
  );
}
