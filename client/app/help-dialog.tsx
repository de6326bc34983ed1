import { Dialog, Heading } from 'react-aria-components/Modal';
import type { Settings } from '../../server/contract/access.js';
import { BENEFIT_STATUSES, type BenefitStatus } from '../../server/contract/status.js';
import { percentInFull } from '../../server/contract/format.js';
import { listShortcuts, useSingleKeys } from '../lib/shortcuts';
import { Overlay } from '../ui/overlays';
import { Status } from '../ui/status';
import { keyWords } from './key-words';

const CODES = [
  ['AC', 'Actual: what was realised or spent. Drawn solid.'],
  ['PL', 'Plan as approved. Drawn hollow.'],
  ['FC', 'Forecast of what is still to come. Drawn hatched, in italics.'],
  ['Δ', 'Difference from plan, always signed. ▲ ▼ show the direction; the word and colour, whether it is good.'],
] as const;

const LETTERS = [
  ['p', 'provisional: the months are not all in, or nobody has confirmed it'],
  ['r', 'restated: changed since it was first reported'],
  ['e', 'estimated'],
  ['x', 'not available: nothing is recorded'],
  ['z', 'not applicable'],
  ['c', 'kept back: too few answers to show without naming somebody'],
] as const;

const rulesOf = ({ onTrackFrom, atRiskFrom }: Settings): Record<BenefitStatus, string> => ({
  on_track: `realised at least ${percentInFull(onTrackFrom)} of plan to date`,
  at_risk: `realised at least ${percentInFull(atRiskFrom)} of plan to date`,
  off_track: 'realised less than that',
  unmeasured: 'a value was due and none is recorded',
  not_due: 'nothing is planned yet at this date',
});

interface HelpDialogProps {
  settings: Settings;
  onClose: () => void;
}

/** The keys that do something now, and how codes, letters and shapes are to be read. */
export function HelpDialog({ settings, onClose }: HelpDialogProps) {
  const hasSingleKeys = useSingleKeys();
  const rules = rulesOf(settings);
  return (
    <Overlay onClose={onClose}>
      <Dialog className="dialog help">
        <div className="help-head">
          <Heading slot="title">Help</Heading>
          <button type="button" className="button button-plain" onClick={onClose} aria-label="Close the help">
            <span aria-hidden="true">✕</span>
          </button>
        </div>
        <p className="prose">
          Every number is a link: it opens what it was computed from, down to the records. Every address keeps what the
          page shows, so a copied link shows the same.
        </p>
        {!hasSingleKeys && (
          <p className="notice">Keys without Ctrl or ⌘ are switched off. Switch them on in the display menu.</p>
        )}
        <div className="help-columns">
          <Keys />
          <section aria-labelledby="help-codes">
            <h3 id="help-codes">Codes</h3>
            <Definitions entries={CODES} />
            <h3>Letters beside or in place of a number</h3>
            <Definitions entries={LETTERS} />
            <h3>Status of a benefit</h3>
            <dl className="help-list help-statuses">
              {BENEFIT_STATUSES.map((status) => (
                <div key={status}>
                  <dt>
                    <Status status={status} />
                  </dt>
                  <dd>{rules[status]}</dd>
                </div>
              ))}
            </dl>
          </section>
        </div>
        <p>
          <a href="/api/docs" target="_blank" rel="noreferrer">
            What the product computes, and the calls that return it (new tab)
          </a>
        </p>
      </Dialog>
    </Overlay>
  );
}

function Keys() {
  return (
    <section aria-label="Keys">
      {listShortcuts().map(({ group, keys }) => (
        <div key={group}>
          <h3>{group}</h3>
          <dl className="help-list">
            {keys.map(({ key, label }) => (
              <div key={key}>
                <dt>
                  {keyWords(key)
                    .split(' ')
                    .map((part, at) => (
                      <kbd key={at}>{part}</kbd>
                    ))}
                </dt>
                <dd>{label}</dd>
              </div>
            ))}
          </dl>
        </div>
      ))}
    </section>
  );
}

function Definitions({ entries }: { entries: readonly (readonly [string, string])[] }) {
  return (
    <dl className="help-list">
      {entries.map(([term, meaning]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{meaning}</dd>
        </div>
      ))}
    </dl>
  );
}
