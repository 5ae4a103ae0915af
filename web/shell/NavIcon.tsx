const drawings = {
  today: 'M10 3a5 5 0 0 1 5 5c0 2.4-1.4 3.4-2 5H7c-.6-1.6-2-2.6-2-5a5 5 0 0 1 5-5zM7.5 16h5',
  watch:
    'M2 10s3-5.500 8-5.500 8 5.500 8 5.500-3 5.500-8 5.500S2 10 2 10zM10 12.300a2.300 2.300 0 1 0 0-4.600 2.300 2.300 0 0 0 0 4.600z',
  incidents: 'M10 3l8 14H2zM10 8v4M10 14.500v.500',
  duty: 'M5 4h3l1.500 4-2 1.500a9 9 0 0 0 3.500 3.500l1.500-2 4 1.500v3c0 .8-.7 1.500-1.500 1.500C9.500 17 3 10.500 3 5.500 3 4.700 4.200 4 5 4z',
  customers: 'M3 17V8l7-5 7 5v9zM8 17v-5h4v5',
  people:
    'M7.5 9a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM2 17c0-3.3 2.2-5 5.500-5s5.500 1.700 5.500 5M13 3.300a3 3 0 0 1 0 5.400M15 12.500c2 .7 3 2.300 3 4.500',
  audit: 'M4 3h12v14H4zM7 7h6M7 10h6M7 13h4',
  settings: 'M3 6h8M15 6h2M3 14h2M9 14h8M13 4v4M7 12v4',
  mine: 'M3 17V8l7-5 7 5v9zM7 12l2.200 2.200L13.500 10',
} as const;

export type NavIconName = keyof typeof drawings;

/** Small drawings for the phone's navigation; always beside their word. */
export function NavIcon({ name }: { name: NavIconName }) {
  return (
    <svg
      width="20"
      height="20"
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentcolor"
      strokeWidth="1.5"
      aria-hidden="true"
    >
      <path d={drawings[name]} />
    </svg>
  );
}
