import { LAYERS, type Picture } from '../../../server/contract/chain.js';
import { counted } from '../../../server/contract/format.js';
import { Button } from '../../ui/button';
import type { Model } from './use-chain-model';
import type { ChainAddress } from './use-chain-view';
import { PLURAL } from './words';

interface InViewProps {
  view: ChainAddress;
  picture: Picture | undefined;
  model: Model | undefined;
}

/** What the filters leave, said to everybody, and the way out of them. */
export function InView({ view, picture, model }: InViewProps) {
  const filters = [view.focus, view.gap, view.min].filter((filter) => filter !== undefined).length;
  const records = LAYERS.flatMap((type) => {
    const found = picture?.layers.find((layer) => layer.type === type)?.records ?? 0;
    return found === 0 ? [] : [counted(found, type, PLURAL[type])];
  });
  const isNothing = filters > 0 && model !== undefined && model.outline.roots.length === 0;
  const text = isNothing ? 'Nothing is left' : records.join(', ');
  const clear = () => {
    view.change({ gap: undefined, min: undefined, expand: undefined, page: undefined });
    if (view.focus) view.focusOn(undefined);
  };
  return (
    <div className="in-view">
      <p role="status" className="about">
        {picture || isNothing ? `${text}${filters > 0 ? `, ${counted(filters, 'filter')}` : ''}` : ''}
      </p>
      {filters > 0 && (
        <Button look="plain" onClick={clear}>
          Clear filters
        </Button>
      )}
    </div>
  );
}
