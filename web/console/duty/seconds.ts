import { useEffect, useState } from 'react';

/** Milliseconds since 1970, moving on each second: for what counts down before the reader's eyes. */
export function useSeconds(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
