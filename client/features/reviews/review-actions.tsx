import type { Review } from '../../../server/contract/review.js';
import { PacksMenu } from './packs-menu';
import { StartButton } from './start-button';
import { DeleteDraft } from './delete-draft';
import { FreezeDialog } from './freeze-dialog';
import { PresentButton } from './present-button';
import { PublishDialog } from './publish-dialog';
import { ShareDialog } from './share-dialog';

interface ReviewActionsProps {
  review: Review;
  isWriter: boolean;
  /** Something is edited and not saved: what would be frozen is not what is on the screen. */
  isEdited?: boolean;
}

/** What can be done with a review where it stands. */
export function ReviewActions({ review, isWriter, isEdited = false }: ReviewActionsProps) {
  const { state, supersededBy, period } = review;
  return (
    <>
      {isWriter && state === 'draft' && (
        <>
          <FreezeDialog review={review} isEdited={isEdited} />
          <DeleteDraft review={review} />
        </>
      )}
      {isWriter && state === 'frozen' && <PublishDialog review={review} />}
      <PresentButton />
      {isWriter && (state === 'published' || state === 'superseded') && <ShareDialog review={review} />}
      {state !== 'draft' && <PacksMenu review={review} />}
      {isWriter && state !== 'draft' && supersededBy === null && (
        <StartButton period={period} look="normal">
          Correct
        </StartButton>
      )}
    </>
  );
}
