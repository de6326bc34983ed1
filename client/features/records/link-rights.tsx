import { useQuery } from '@tanstack/react-query';
import type { Draft } from './form-values';
import { decidingEnd, endOf } from './link-ends';
import { askWhom, rightsQuery } from './rights';

/** Says as soon as the ends are chosen, not after the form is filled in, that a link between them is not the reader's to write. */
export function LinkRights({ draft }: { draft: Draft }) {
  const end = decidingEnd(endOf(draft['fromCode']), endOf(draft['toCode']));
  const decides = useQuery({ ...rightsQuery(end?.type ?? 'investment', end?.code ?? ''), enabled: end !== null });
  return (
    <div role="status" className="record-rights">
      {end && decides.data?.mayWrite === false && (
        <p className="notice">
          <span aria-hidden="true">▲ </span>
          You may not save a link that {end.type === 'benefit' ? 'claims the value' : 'spends the money'} of {end.code}.
          Choose another end, or ask {askWhom(decides.data)}.
        </p>
      )}
    </div>
  );
}
