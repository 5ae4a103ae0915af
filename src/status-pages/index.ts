export {
  publicCauseOf,
  publicCauses,
  publicStateOf,
  publicStates,
  type PublicCause,
  type PublicState,
} from './rules/public-state.ts';
export { answerStatusPages, type StatusPages } from './answer-pages.ts';
