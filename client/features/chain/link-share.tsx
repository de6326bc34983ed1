import type { ChainLink } from '../../../server/contract/chain.js';
import { percent } from '../../../server/contract/format.js';
import { Num } from '../../ui/num';

export type ShareKind = 'allocation' | 'contribution';

const OF: Record<ShareKind, string> = { allocation: 'of spend', contribution: 'of value' };

export const linkShareWords = (link: ChainLink, kind: ShareKind): string =>
  `${percent(link[kind])} ${OF[kind]}${link[`${kind}Assumed`] ? ', assumed' : ''}`;

interface LinkShareProps {
  link: ChainLink;
  kind: ShareKind;
  step: { span?: 'period' };
  tabIndex?: number;
}

/** What part a link carries; one that nobody stated is marked. */
export function LinkShare({ link, kind, step, tabIndex }: LinkShareProps) {
  const { from, to } = link;
  return (
    <span className="nowrap">
      <Num
        trace={{ figure: `link.${kind}`, type: from.type, ref: from.code, to: to.code, ...step }}
        label={`${from.code} → ${to.code}: ${linkShareWords(link, kind)}`}
        {...(tabIndex === undefined ? {} : { tabIndex })}
      >
        {percent(link[kind])}
      </Num>{' '}
      {OF[kind]}
      {link[`${kind}Assumed`] && <span className="assumed"> assumed</span>}
    </span>
  );
}
