import { type PriorityOrder, priorityOrder } from '../../../server/contract/priority.js';
import { currentOfError } from '../../lib/current';
import { Button } from '../../ui/button';
import { type Difference, differencesOf, type Ranked } from './ranking';

interface ConflictProps {
  error: Error | null;
  mine: readonly Ranked[];
  onTheirs: (theirs: PriorityOrder) => void;
  onMine: (theirs: PriorityOrder) => void;
}

/** Differences that are listed one by one. */
const MOST_LISTED = 20;

/** Why it was not saved. Where somebody else saved meanwhile: what differs, and how to go on with theirs or with one's own. */
export function Conflict({ error, mine, onTheirs, onMine }: ConflictProps) {
  if (error === null) return null;
  const theirs = theirsOf(error);
  if (theirs === null)
    return (
      <div className="notice" role="alert">
        <p>{error.message}</p>
      </div>
    );
  const differing = differencesOf(theirs, mine);
  return (
    <div className="notice" role="alert" aria-label="Somebody else changed this ranking">
      <p>{error.message} Nothing of yours is saved yet, and nothing of it is lost.</p>
      {differing.length === 0 ? (
        <p>Their ranking is the same as yours.</p>
      ) : (
        <ul>
          {differing.slice(0, MOST_LISTED).map((each) => (
            <li key={each.code}>
              {each.name}: theirs {sideOf(each.theirs)}, yours {sideOf(each.mine)}
            </li>
          ))}
          {differing.length > MOST_LISTED && <li>{differing.length - MOST_LISTED} more differ.</li>}
        </ul>
      )}
      <div className="actions">
        <Button look="primary" onClick={() => onMine(theirs)}>
          Keep mine on top of theirs
        </Button>
        <Button onClick={() => onTheirs(theirs)}>Take theirs</Button>
      </div>
    </div>
  );
}

/** The ranking as it is now, out of a refusal. */
const theirsOf = (error: Error): PriorityOrder | null => currentOfError(priorityOrder, error);

const sideOf = ({ place, rationale }: Difference['theirs']): string =>
  `${place === null ? 'not ranked' : `rank ${place}`}${rationale === '' ? '' : ` (\u201c${rationale}\u201d)`}`;
