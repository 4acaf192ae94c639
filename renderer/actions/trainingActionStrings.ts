/** Titles of what can be done with training. */
import { defineStrings } from '../i18n/strings';

export const trainingActionStrings = defineStrings(
  {
    train: 'Train',
    pause: 'Pause training',
    continue: 'Continue training',
    stop: 'Stop training',
    engines: 'Engines…',
    smoother: 'Smooth curves more',
    rougher: 'Smooth curves less',
    logAxis: 'Logarithmic loss axis',
    axisStep: 'Curves by step',
    axisEpoch: 'Curves by epoch',
    axisTime: 'Curves by time',
  },
  {
    train: '开始训练',
    pause: '暂停训练',
    continue: '继续训练',
    stop: '停止训练',
    engines: '计算引擎…',
    smoother: '增强曲线平滑',
    rougher: '减弱曲线平滑',
    logAxis: '损失使用对数坐标',
    axisStep: '曲线横轴:步',
    axisEpoch: '曲线横轴:轮次',
    axisTime: '曲线横轴:时间',
  },
);
