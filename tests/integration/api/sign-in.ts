/** Of the account that every test of the API has. */
export const SIGN_IN = { login: 'una', password: 'one long password' };
