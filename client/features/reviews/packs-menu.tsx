import { useMutation } from '@tanstack/react-query';
import { Button } from 'react-aria-components/Button';
import { Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components/Menu';
import type { ReviewSummary } from '../../../server/contract/review.js';
import { downloadPack, type Pack, PACKS } from './packs';

/** What can be handed out of a frozen review: while one is made it says so, and afterwards what was made or what went wrong. */
export function PacksMenu({ review }: { review: Pick<ReviewSummary, 'id' | 'code'> }) {
  const making = useMutation({ mutationFn: (pack: Pack) => downloadPack(review, pack) });
  const made = making.variables === undefined ? undefined : PACKS.find(({ id }) => id === making.variables);
  return (
    <div className="review-packs">
      <MenuTrigger>
        <Button
          className="button"
          aria-label={`Hand out ${review.code}`}
          isDisabled={making.isPending}
          data-testid="packs"
        >
          {making.isPending ? `Making the ${made?.word}` : 'Hand out'} <span aria-hidden="true">▾</span>
        </Button>
        <Popover className="menu-popover" placement="bottom end">
          <Menu className="menu" aria-label={`Hand out ${review.code}`} onAction={(key) => making.mutate(key as Pack)}>
            {PACKS.map(({ id, word, about }) => (
              <MenuItem key={id} id={id} className="menu-item review-pack" textValue={word}>
                <span>
                  {word} <span className="caption">{about}</span>
                </span>
              </MenuItem>
            ))}
          </Menu>
        </Popover>
      </MenuTrigger>
      <span role="status" className="caption">
        {making.isPending && `The ${made?.word} is being made; this can take some seconds.`}
        {making.data}
      </span>
      {making.error && (
        <span role="alert" className="caption review-broken">
          ▲ The {made?.word} was not made. {making.error.message}
        </span>
      )}
    </div>
  );
}
