import { useSingleKeys } from '../lib/shortcuts';
import { keyWords } from './key-words';

interface OpensProps {
  onOpen: () => void;
}

/** Says its key where there is room. */
export function SearchButton({ onOpen }: OpensProps) {
  return (
    <button type="button" className="bar-button search-button" aria-label="Search and commands" onClick={onOpen}>
      <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
        <circle cx="7.5" cy="7.5" r="5" fill="none" stroke="currentColor" strokeWidth="1.5" />
        <path d="m11.2 11.2 4.3 4.3" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
      </svg>
      <span className="search-words" aria-hidden="true">
        Search <kbd>{keyWords('Mod+k')}</kbd>
      </span>
    </button>
  );
}

export function HelpButton({ onOpen }: OpensProps) {
  const hasKey = useSingleKeys();
  return (
    <button
      type="button"
      className="bar-button"
      aria-label="Help"
      title={hasKey ? 'Help (?)' : 'Help'}
      onClick={onOpen}
    >
      <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
        <circle cx="9" cy="9" r="6.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
        <path
          d="M6.9 7.1a2.1 2.1 0 1 1 3.2 1.8c-.8.5-1.1.9-1.1 1.6"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
          strokeLinecap="round"
        />
        <circle cx="9" cy="12.7" r="1" fill="currentColor" />
      </svg>
    </button>
  );
}
