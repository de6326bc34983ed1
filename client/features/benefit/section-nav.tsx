import { useShortcuts } from '../../lib/shortcuts';

/** The sections of the page in their order: `1` to `7` lead to them. */
export const SECTIONS = [
  'Standing',
  'Profile',
  'Measure',
  'Contribution path',
  'Measurements',
  'Evidence',
  'Assumptions, actions, history',
] as const;

export const sectionId = (number: number): string => `benefit-section-${number}`;

const goTo = (number: number): void => {
  const section = document.getElementById(sectionId(number));
  section?.focus({ preventScroll: true });
  section?.scrollIntoView({ block: 'start' });
};

/** Links to the sections; the keys do the same, while keys without Ctrl are on. */
export function SectionNav() {
  useShortcuts(
    Object.fromEntries(SECTIONS.map((label, at) => [String(at + 1), { label, run: () => goTo(at + 1) }])),
    'Sections of this benefit',
  );
  return (
    <nav className="benefit-nav" aria-label="Sections of this benefit">
      <ol>
        {SECTIONS.map((label, at) => (
          <li key={label}>
            <a
              href={`#${sectionId(at + 1)}`}
              onClick={(event) => {
                event.preventDefault();
                goTo(at + 1);
              }}
            >
              <kbd aria-hidden="true">{at + 1}</kbd> {label}
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}
