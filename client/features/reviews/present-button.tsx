import { Link } from '@tanstack/react-router';
import type { PageSearch } from '../../lib/address';
import { enterFullScreen } from '../../lib/full-screen';

/** Shows the page on a wall, as the key `p` does. */
export const PresentButton = () => (
  <Link
    to="."
    search={(current: PageSearch) => ({ ...current, present: '1' })}
    className="button"
    activeProps={{}}
    onClick={(event) => {
      // With such a key the page opens in another tab.
      if (!event.ctrlKey && !event.metaKey && !event.shiftKey) void enterFullScreen();
    }}
  >
    Present
  </Link>
);
