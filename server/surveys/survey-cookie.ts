import { linkCookie } from '../http/link-cookie.js';

/** A person who fills in a survey has two hours until the link must be opened again. */
export const SURVEY_COOKIE = linkCookie('survey', 2 * 60 * 60);
