import { Button, ButtonAnchor, ButtonLink } from '../ui/Button.tsx';
import { KeyHint } from '../ui/KeyHint.tsx';
import { useWords } from '../ui/language.tsx';
import { Panel } from '../ui/Panel.tsx';
import { Sentence } from '../ui/Sentence.tsx';
import { StateMark } from '../ui/StateMark.tsx';
import styles from './Design.module.css';
import { designWords } from './words.ts';

const colours: [name: string, text: string][] = [
  ['paper', 'ink'],
  ['panel', 'ink'],
  ['sunk', 'soft'],
  ['lantern', 'on-lantern'],
  ['lantern-wash', 'lantern'],
  ['well-wash', 'well'],
  ['broken-wash', 'broken'],
  ['unsure-wash', 'unsure'],
  ['night', 'ink'],
  ['line', 'ink'],
];
const sizes = ['t1', 't2', 't3', 't4', 't5', 't6'];
const spaces = ['s1', 's2', 's3', 's4', 's5', 's6', 's7'];

export function Tokens() {
  const words = useWords(designWords);
  return (
    <>
      <div className={styles.swatches}>
        {colours.map(([name, text]) => (
          <div key={name} className={styles.swatch} style={{ background: `var(--${name})`, color: `var(--${text})` }}>
            {name}
          </div>
        ))}
        <div>
          <div className={styles.swatch} style={{ background: 'var(--edge)' }} />
          edge
        </div>
      </div>
      {sizes.map((size) => (
        <p key={size} style={{ fontSize: `var(--${size})`, lineHeight: 1.2 }}>
          {size} {words.sentence}
        </p>
      ))}
      {spaces.map((space) => (
        <div key={space} className={styles.row}>
          <code>{space}</code>
          <div className={styles.bar} style={{ width: `var(--${space})` }} />
        </div>
      ))}
      <Panel>
        <Sentence
          above={words.above}
          ask={words.ask}
          below={words.below}
          actions={
            <>
              <Button>{words.back}</Button>
              <Button look="primary">{words.restore}</Button>
            </>
          }
        >
          {words.sentence}
        </Sentence>
      </Panel>
    </>
  );
}

export function Actions() {
  const words = useWords(designWords);
  return (
    <>
      {(['normal', 'small'] as const).map((size) => (
        <div key={size} className={styles.row}>
          <Button size={size}>{words.back}</Button>
          <Button size={size} look="primary">
            {words.restore}
          </Button>
          <Button size={size} look="danger">
            {words.remove}
          </Button>
          <Button size={size} look="quiet">
            {words.more}
          </Button>
          <Button size={size} working>
            {words.working}
          </Button>
          <Button size={size} look="primary" working>
            {words.working}
          </Button>
          <Button size={size} disabled>
            {words.off}
          </Button>
          <Button size={size} look="primary" disabled>
            {words.off}
          </Button>
        </div>
      ))}
      <div className={styles.row}>
        <ButtonLink to="/">{words.open}</ButtonLink>
        <ButtonAnchor href="https://example.com" rel="noreferrer" target="_blank" look="quiet">
          example.com
        </ButtonAnchor>
        <a href="#actions">{words.open}</a>
        <KeyHint keys="mod+k" /> <KeyHint keys="j" /> <KeyHint keys="enter" />
      </div>
    </>
  );
}

export function States() {
  const words = useWords(designWords);
  return (
    <>
      <div className={styles.row}>
        <StateMark state="well">{words.well}</StateMark>
        <StateMark state="broken">{words.broken}</StateMark>
        <StateMark state="unsure">{words.unsure}</StateMark>
        <StateMark state="work">{words.work}</StateMark>
        <StateMark state="off">{words.offState}</StateMark>
      </div>
      <div>
        <Panel title={words.lastBackup} note={words.above} actions={<Button size="small">{words.back}</Button>}>
          <StateMark state="well">{words.well}</StateMark>
        </Panel>
        <Panel title={words.working} tone="work">
          <StateMark state="work">{words.work}</StateMark>
        </Panel>
        <Panel title={words.state} tone="broken">
          <StateMark state="broken">{words.broken}</StateMark>
        </Panel>
      </div>
    </>
  );
}
