import { readLists, readNameModel } from '../../../src/adapters/rules-fs/index.ts';
import { listFiles, loadDetectionLists, NameModel, type DetectionLists } from '../../../src/detect/index.ts';

/** The word lists of the pack, loaded once a test file. */
export const shippedLists: DetectionLists = loadDetectionLists(readLists(listFiles));

export const shippedModel = new NameModel(readNameModel());
