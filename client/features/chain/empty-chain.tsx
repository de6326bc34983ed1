import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { LAYERS, type Layer } from '../../../server/contract/chain.js';
import { registerOf } from '../../lib/registers';
import { may, sessionQuery } from '../access/api';
import { LayerIcon } from './layer-icon';
import { capital, PLURAL } from './words';

const FILLS: Record<Layer, string> = {
  investment: 'What money goes into, with its cost by month.',
  initiative: 'The work that the money pays for.',
  capability: 'What the business can do once the work is done.',
  outcome: 'What changes because it can.',
  benefit: 'What that is worth, by month: planned, realised, confirmed.',
};

/** Nothing is recorded: the five columns, what would fill each, and where to begin. */
export function EmptyChain() {
  const { data: session } = useSuspenseQuery(sessionQuery);
  return (
    <section className="card" aria-label="The five layers">
      <ol className="empty-chain">
        {LAYERS.map((layer) => (
          <li key={layer}>
            <h2>
              <LayerIcon type={layer} /> {capital(PLURAL[layer])}
            </h2>
            <p>
              No {PLURAL[layer]} yet. {FILLS[layer]}
            </p>
            {session.writes.includes(layer) && (
              <Link to={`/${registerOf(layer)!.path}/new`} className="button">
                New {layer}
              </Link>
            )}
          </li>
        ))}
      </ol>
      {may(session, 'import') && (
        <p className="actions">
          <Link to="/import" className="button button-primary">
            Import tables
          </Link>
        </p>
      )}
    </section>
  );
}
