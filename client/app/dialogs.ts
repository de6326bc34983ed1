import './dialogs.css';

/** Dialogs of the frame, loaded when the page is there and nothing else is to do. */
export { HelpDialog } from './help-dialog';
export { Palette } from './palette';
