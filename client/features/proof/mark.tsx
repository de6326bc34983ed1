/** Shapes beside a word, so that no state is told by colour alone. */
const SHAPES = {
  holds: <path d="M2 6.5 5 9.5 10 3" fill="none" strokeWidth="2" />,
  open: <circle cx="6" cy="6" r="4.2" fill="none" strokeWidth="1.4" />,
  broken: <path d="M2.5 2.5 9.5 9.5 M9.5 2.5 2.5 9.5" fill="none" strokeWidth="2" />,
  late: <path d="M6 1 11.5 11 .5 11Z M6 4.5V7.5 M6 8.8V9.6" fill="none" strokeWidth="1.3" />,
} as const;

export function Mark({ of }: { of: keyof typeof SHAPES }) {
  return (
    <svg className="mark" width="12" height="12" viewBox="0 0 12 12" aria-hidden="true" stroke="currentColor">
      {SHAPES[of]}
    </svg>
  );
}
