import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { GapKind } from '../../../server/contract/chain.js';
import type { Rights } from '../../../server/contract/rights.js';
import { recordPath, registerOf, type RegisterType } from '../../lib/registers';
import { usePageScope } from '../../ui/page-scope';
import { QueryState } from '../../ui/query-state';
import { gapsOfQuery, isLayer } from './api';
import { RecordLink } from './record-link';
import { gapSentence, mendOf, type Mend as Mending } from './gap-words';
import { mayLinkAt } from './rights';

interface RecordGapsProps {
  type: RegisterType;
  code: string;
  rights: Rights;
}

/** Where the chain breaks at this record, and what mends it. */
export function RecordGaps({ type, code, rights }: RecordGapsProps) {
  const scope = usePageScope();
  const layer = isLayer(type) ? type : 'investment';
  const gaps = useQuery(gapsOfQuery(scope, layer, code));
  if (gaps.data?.length === 0) return null;
  const mayMend = (mend: Mending) => (mend !== null && 'link' in mend ? mayLinkAt(mend.link, rights) : rights.mayWrite);
  return (
    <section className="card" aria-labelledby="gaps">
      <h2 id="gaps">Gaps</h2>
      <QueryState query={gaps} what="the gaps" rows={2}>
        {(found) => (
          <ul className="record-gaps">
            {found.map(({ kind }) => (
              <li key={kind}>
                <span className="gap-flag">
                  <span aria-hidden="true">▲ </span>
                  {gapSentence(kind)}
                </span>{' '}
                {mayMend(mendOf(kind)) && <Mend {...{ kind, type, code }} />}
              </li>
            ))}
          </ul>
        )}
      </QueryState>
    </section>
  );
}

function Mend({ kind, type, code }: { kind: GapKind; type: RegisterType; code: string }) {
  const mend = mendOf(kind);
  if (mend === null) return null;
  const path = recordPath(type, code);
  if ('values' in mend)
    return (
      <RecordLink {...{ type, code }} hash="values">
        {mend.label}
      </RecordLink>
    );
  if ('field' in mend)
    return (
      <Link
        to={`/${registerOf(type)!.path}/$ref/edit`}
        params={{ ref: code }}
        search={{ field: mend.field, return: path }}
      >
        {mend.label}
      </Link>
    );
  return (
    <Link to="/links/new" search={{ [mend.link]: `${type}:${code}`, return: path }}>
      {mend.label}
    </Link>
  );
}
