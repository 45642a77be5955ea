export { ConsistencyGroup } from "./consistencyGroup";
export type {
  ConsistencyGroupArgs,
  ConsistencyGroupState,
  ConsistencyGroupTimeouts,
} from "./consistencyGroup";
