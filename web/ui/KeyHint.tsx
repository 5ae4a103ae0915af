import styles from './KeyHint.module.css';

const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent);
const signs: Record<string, string> = {
  mod: isApple ? '⌘' : 'Ctrl',
  shift: isApple ? '⇧' : 'Shift',
  enter: '↵',
  escape: 'Esc',
  up: '↑',
  down: '↓',
};

/** Which keys do this: `mod+k`, `j`, `enter`. `mod` is Cmd on Apple's, Ctrl elsewhere. */
export function KeyHint({ keys }: { keys: string }) {
  return (
    <span className={styles.keys}>
      {keys.split('+').map((each) => (
        <kbd key={each} className={styles.key}>
          {signs[each] ?? (each.length === 1 ? each.toUpperCase() : each)}
        </kbd>
      ))}
    </span>
  );
}
