export { answerStatusPages, type StatusPages } from './answer-pages.ts';
