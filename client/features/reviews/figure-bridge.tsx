import { Link } from '@tanstack/react-router';
import { keepScope } from '../../lib/address';
import { isRegistered, recordPath } from '../../lib/registers';
import type { BridgeStep, RestatedFigure } from '../../../server/contract/review-after.js';
import { usePageScope } from '../../ui/page-scope';
import { causeWords } from './words';

/** From the figure as frozen to the figure of today, one record at a time: the effects add up to the difference. */
export function FigureBridge({ figure: { bridge, frozen, today, restatement } }: { figure: RestatedFigure }) {
  if (bridge === null || bridge.length === 0)
    return (
      <section>
        <h3>What changed</h3>
        <p>No record behind it changed: it is counted otherwise today.</p>
      </section>
    );
  return (
    <section>
      <h3>What changed</h3>
      <ol className="review-bridge figures">
        <li className="review-bridge-end">
          <span>As frozen</span>
          <span>{frozen.text}</span>
        </li>
        {bridge.map((step, at) => (
          <Step key={at} step={step} />
        ))}
        <li className="review-bridge-end">
          <span>Today{restatement !== null && ` (${restatement.text})`}</span>
          <span>{today.text}</span>
        </li>
      </ol>
    </section>
  );
}

function Step({ step: { record, was, is, effect, causes } }: { step: BridgeStep }) {
  const { readsAudit } = usePageScope();
  return (
    <li>
      <span>
        {isRegistered(record.type) ? (
          <Link to={recordPath(record.type, record.code)} search={keepScope}>
            {record.code}
          </Link>
        ) : (
          record.code
        )}{' '}
        {record.name}
        {record.at !== null && `, ${record.at}`}
        <span className="caption review-bridge-was">
          {was?.text ?? 'not behind it'} → {is?.text ?? 'no longer behind it'}
        </span>
      </span>
      <span>{effect.text}</span>
      {causes.length > 0 && (
        <ul className="caption review-bridge-causes">
          {causes.map((cause) => (
            <li key={cause.seq}>
              {readsAudit ? (
                <Link to="/audit" search={{ seq: String(cause.seq) }}>
                  {causeWords(cause)}
                </Link>
              ) : (
                causeWords(cause)
              )}
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}
