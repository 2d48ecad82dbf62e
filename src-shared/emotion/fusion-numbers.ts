// Written by models/training/fusion.ts; on what it was fitted: docs/decisions/fusion.md.
export const fittedFusion = {
  reliability: {
    text: 1.05,
    voice: 1.1,
    face: 1.15
  },
  share: {
    text: {
      happy: 0.1513,
      sad: 0.1546,
      angry: 0.222,
      fear: 0.0321,
      surprise: 0.0576,
      disgust: 0.199,
      neutral: 0.1834
    },
    voice: {
      happy: 0.1576,
      sad: 0.1721,
      angry: 0.1685,
      fear: 0.1621,
      surprise: 0.1757,
      disgust: 0.02,
      neutral: 0.1639
    },
    face: {
      happy: 0.1337,
      sad: 0.1238,
      angry: 0.1386,
      fear: 0.1337,
      surprise: 0.1584,
      disgust: 0.1436,
      neutral: 0.1683
    }
  },
  typicalLog: {
    text: {
      happy: -2.8248,
      sad: -3.7055,
      angry: -3.5451,
      fear: -5.0912,
      surprise: -4.2176,
      disgust: -3.1461,
      neutral: -2.38
    },
    voice: {
      happy: -2.4961,
      sad: -3.4831,
      angry: -3.1502,
      fear: -2.9985,
      surprise: -3.8238,
      disgust: -6.9078,
      neutral: -1.7958
    },
    face: {
      happy: -2.8478,
      sad: -2.7117,
      angry: -2.6973,
      fear: -3.0897,
      surprise: -3.3351,
      disgust: -4.5258,
      neutral: -2.1359
    }
  }
};
