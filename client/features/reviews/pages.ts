export { ReviewsPage } from './list-page';
export { ReviewPage } from './review-page';
