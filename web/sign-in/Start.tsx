export { Enter as Start } from './Enter.tsx';
