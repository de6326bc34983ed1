import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { SessionInfo } from '../../../server/contract/access.js';
import type { Layer } from '../../../server/contract/chain.js';
import { count, counted, scaleFor } from '../../../server/contract/format.js';
import type { Register } from '../../lib/registers';
import { Amount } from '../../ui/amount';
import { Num } from '../../ui/num';
import { usePageScope } from '../../ui/page-scope';
import { traceQuery } from '../../ui/trace-api';
import { readsChain } from '../access/api';
import { chainQuery } from './api';

interface RegisterMessageProps {
  register: Register;
  session: SessionInfo;
  total: number;
  /** Records that nobody answers for; undefined where that is not for the reader, or not known yet. */
  noOwner: number | undefined;
}

/** What the records of a register say about its question; every figure is the server's, and opens its trace. */
export function RegisterMessage({ register, session, total, noOwner }: RegisterMessageProps) {
  const { type, one, many } = register;
  if (total === 0) return <>No {many} yet.</>;
  return (
    <>
      {counted(total, one, many)}
      {type === 'link' && <AssumedShares />}
      {type !== 'benefit' && type !== 'link' && readsChain(session) && <Spend layer={type} />}
      {noOwner !== undefined && noOwner > 0 && (
        <>
          ;{' '}
          <Link to="." search={(current: Record<string, unknown>) => ({ ...current, gap: 'no_owner' })}>
            {count(noOwner)} {noOwner === 1 ? 'has' : 'have'} no owner
          </Link>
        </>
      )}
      .
    </>
  );
}

const NEXT: Record<Exclude<Layer, 'benefit'>, string> = {
  investment: 'initiative',
  initiative: 'capability',
  capability: 'outcome',
  outcome: 'benefit',
};

/** `: 61.2 m EUR spent to date, 3.10 m EUR of it for no initiative`. */
function Spend({ layer }: { layer: Exclude<Layer, 'benefit'> }) {
  const chain = useQuery(chainQuery(usePageScope()));
  const reached = chain.data?.totals.reached.find(({ type }) => type === layer);
  if (!reached) return null;
  const scale = scaleFor([reached.cost]);
  const what = layer === 'investment' ? 'spent to date' : 'of the spend to date reaches them';
  return (
    <>
      {': '}
      <Amount amount={reached.cost} scale={scale} name={what} trace={{ figure: `reached.${layer}` }} withUnit /> {what},{' '}
      <Amount
        amount={reached.unallocated}
        scale={scaleFor([reached.unallocated])}
        name={`of it for no ${NEXT[layer]}`}
        trace={{ figure: `lost.${layer}` }}
        withUnit
      />{' '}
      of it for no {NEXT[layer]}
    </>
  );
}

/** `; 31 with a share that nobody stated`. */
function AssumedShares() {
  const share = useQuery(traceQuery({ figure: 'assumed_share' }, usePageScope()));
  const [blank] = share.data?.inputs ?? [];
  if (!blank?.value) return null;
  const number = count(Number(blank.value));
  const words = Number(blank.value) === 1 ? 'has a share that is assumed' : 'have a share that is assumed';
  return (
    <>
      ;{' '}
      <Num trace={{ figure: 'assumed_share' }} label={`${number} ${words}`}>
        {number}
      </Num>{' '}
      {words}
    </>
  );
}
