import { Link } from '@tanstack/react-router';
import { isRegistered } from '../../lib/registers';
import { RecordLink } from './record-link';

/** Where records that are in no register of the chain have a page of their own. */
const PAGES = { decision: '/decisions/$ref', work_item: '/work-items/$ref', service: '/services/$ref' } as const;
/** Where others stand in a list. */
const LISTS = {
  indicator: '/indicators',
  priority: '/priorities',
  forum: '/decisions/rights',
  stage: '/stages',
} as const;

const isIn = <Places extends object>(places: Places, type: string): type is Extract<keyof Places, string> =>
  Object.hasOwn(places, type);

interface CodeLinkProps {
  type: string;
  /** Blank where the reader may not see which record it is. */
  code: string;
  hash?: string;
}

/** The code of a record of any type, leading on to its page where it has one. */
export function CodeLink({ type, code, hash }: CodeLinkProps) {
  if (code === '') return null;
  // A link has no code of its own to be found by.
  if (isRegistered(type) && type !== 'link')
    return (
      <RecordLink className="code-link" {...{ type, code }} {...(hash === undefined ? {} : { hash })}>
        {code}
      </RecordLink>
    );
  if (isIn(PAGES, type))
    return (
      <Link className="code-link" to={PAGES[type]} params={{ ref: code }}>
        {code}
      </Link>
    );
  if (type === 'metric')
    return (
      <Link className="code-link" to="/metrics/$id" params={{ id: code }}>
        {code}
      </Link>
    );
  if (!isIn(LISTS, type)) return code;
  return (
    <Link className="code-link" to={LISTS[type]} {...(type === 'indicator' ? { search: { show: code } } : {})}>
      {code}
    </Link>
  );
}
