import './dialogs.css';

/** Dialogs of the frame and what leads to one from a trace, loaded when the page is there and nothing else is to do. */
export { HelpDialog } from './help-dialog';
export { Palette } from './palette';
export { PinToReview } from '../features/reviews/pin';
