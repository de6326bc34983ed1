import { Link } from '@tanstack/react-router';
import type { PageSearch } from '../../lib/address';

/** Shows the page on a wall, as the key `p` does. */
export const PresentButton = () => (
  <Link to="." search={(current: PageSearch) => ({ ...current, present: '1' })} className="button" activeProps={{}}>
    Present
  </Link>
);
