/** Under this name the page for signing in keeps the people of the example. */
export const SIGN_INS_KEY = ['sign-ins of the example'] as const;
