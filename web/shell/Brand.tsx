import { branding } from './branding.ts';
import styles from './Frame.module.css';

/** The agency's mark and name; ours until it has its own. */
export function Brand() {
  if (branding.logo !== null) {
    return <img className={styles.logo} src={branding.logo} alt={branding.name} />;
  }
  return (
    <>
      <svg
        className={styles.mark}
        width="20"
        height="20"
        viewBox="0 0 20 20"
        fill="none"
        stroke="currentcolor"
        strokeWidth="1.6"
        aria-hidden="true"
      >
        <path d="M10 1a6.5 6.5 0 0 1 6.5 6.5c0 3-1.8 4.3-2.6 6.5H6.1C5.3 11.8 3.5 10.5 3.5 7.5A6.5 6.5 0 0 1 10 1z" />
        <path d="M7 17h6M8 19.2h4" />
        <circle cx="10" cy="7.5" r="2" fill="currentcolor" stroke="none" />
      </svg>
      {branding.name}
    </>
  );
}
