/** For a program: the results as ESLint has them (schemas/check.schema.json), with explanations where someone asked for them. */
import type { Print } from './format.ts';

export const json: Print = (results, { detailOf, explain }) => {
  const explained = explain
    ? results.map((result) => ({
        ...result,
        messages: result.messages.map((message) => {
          const detail = detailOf(result.filePath, message);
          return detail ? { ...message, explanation: explain.data(detail) } : message;
        }),
      }))
    : results;
  return `${JSON.stringify(explained)}\n`;
};
