/** The ES module of the API. */
import api from './api.cjs';

export const { check, explainToken, transform } = api;
