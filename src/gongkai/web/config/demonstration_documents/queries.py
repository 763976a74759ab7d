"""Searches people make, with the documents each must find.

A set is complete: it holds every document that has all the words of the query, or in their place a synonym
or the right spelling, in its title, number, abstract, keywords, body or attachment.
"""

from __future__ import annotations

from gongkai.web.config.demonstration_documents.catalogue import INDEX_NUMBERS
from gongkai.web.config.demonstration_documents.forms import QueryKind, SampleQuery

SYNONYMS = {
    "低保": ("最低生活保障",),
    "廉租房": ("公租房", "公共租赁住房"),
    "拆迁": ("房屋征收",),
    "土地流转": ("土地承包经营权流转",),
    "电瓶车": ("电动自行车",),
    "遛狗": ("养犬",),
    "老人津贴": ("高龄津贴",),
    "老师招聘": ("教师招聘",),
    "创业贷款": ("创业担保贷款",),
    "五保户": ("特困人员", "特困供养"),
    "停车费": ("停车收费", "停放服务收费"),
    "宫颈癌疫苗": ("人乳头瘤病毒疫苗",),
}
TYPOS = {
    "公祖房": "公租房",
    "残疾人补帖": "残疾人补贴",
    "营业职照": "营业执照",
    "宅基弟": "宅基地",
    "征地补尝": "征地补偿",
    "创业担保货款": "创业担保贷款",
    "高龄津帖": "高龄津贴",
    "森林放火": "森林防火",
}

# The keys are parted by spaces.
_FOUND = {
    QueryKind.PHRASE: {
        "最低生活保障": (
            "dibao-2023 tongji-gongbao-2024 gongzuo-baogao-2026 dibao-biaozhun-2024 dibao-biaozhun-2025"
        ),
        "学区划分": "xuequ-2026 zhaosheng-2026 zhongda-juece-2025 zhineng-jyj",
        "入园": "youeryuan-shoufei-2025 ruyuan-2025 gongzuo-baogao-2026",
        "医保报销": "cunyishi-2024 yibao-2025 yidi-jiuyi-2024",
        "残疾人补贴": "canji-2023 canji-xiugai-2025 gongzuo-baogao-2026 yh-canji-2025",
        "创业担保贷款": "danbao-daikuan-2024 gongzuo-baogao-2026 chuangye-daikuan-2025",
        "宅基地": (
            "zhengdi-2023 zhaijidi-2024 shoufei-tudi-2025 qt-zhaijidi-2024 "
            "qt-zhaijidi-shiyong-2025 yh-zhaijidi-2026 zhineng-qt"
        ),
        "征地补偿": "zhengdi-2023 zhengdi-xiugai-2025 zhengdi-buchang-2025 qt-zhengdi-2024",
        "营业执照": (
            "xiaowei-2022 zhusuo-2024 zhizhao-zhinan-2025 bianmin-dating-2024 yh-fangwu-2024 zhineng-sjj"
        ),
        "食品经营许可": "xiaocanyin-2023 shipin-xuke-2024 zhineng-sjj",
        "公交线路": "gongjiao-2024 gongzuo-baogao-2026 yujing-baoyu-2025 gongjiao-tiaozheng-2025",
        "防汛": "fangxun-zongjie-2024 yujing-baoyu-2025 fangxun-yanlian-2026 qt-shantang-2024",
        "森林防火": "jinhuo-2025 gongzuo-baogao-2026 yuan-senlin-2023 zhineng-zrzyj",
        "高龄津贴": "gaoling-2022 gaoling-xiugai-2024 gongzuo-baogao-2026",
        "事业单位招聘": "zhaopin-jiaoshi-2025 zhaopin-yiyuan-2024",
        "政府采购目录": "caigou-mulu-2023 caigou-mulu-2026",
        "行政处罚": (
            "mianfa-2025 chufa-sjj-2023 chufa-sjj-2024 chufa-zrzyj-2024 chufa-wjj-2025 "
            "chufa-gaj-2025 chufa-jyj-2026"
        ),
        "双随机": (
            "choucha-shipin-2023 choucha-chongdian-2024 choucha-texi-2025 choucha-yongchi-2024 "
            "choucha-gongshui-2025 choucha-peixun-2023 choucha-kuangshan-2025"
        ),
        "临时救助": "linshi-2022 linshi-2025 yh-linshi-2024",
        "筹资筹劳": "qt-yishiyiyi-2023 qt-yishiyiyi-2025",
        "片区综合地价": "zhengdi-2023 zhengdi-xiugai-2025",
        "阶梯水价": "shuijia-2023",
    },
    QueryKind.CHARACTER: {
        "犬": "yangquan-2025 zhineng-gaj",
        "蔬": "xuejie-yingyang-2023 yh-nongye-2024 yh-liuzhuan-2025",
        "塘": (
            "gongzufang-peizu-2025 gongjiao-tiaozheng-2025 jiaokao-gongyuan-2024 "
            "fangwu-jueding-2024 qt-nongye-2023 qt-shantang-2024 qt-liuzhuan-2023 yh-fangwu-2025"
        ),
        "梯": (
            "dianti-2024 weixiuzijin-2022 shuijia-2023 diandongche-2023 yangquan-2025 "
            "gongzuo-baogao-2026 yusuan-yh-2025 juesuan-yh-2024 choucha-texi-2025"
        ),
    },
    QueryKind.PREFIX: {
        "创业担保": "danbao-daikuan-2024 gongzuo-baogao-2026 chuangye-daikuan-2025",
        "电动自行": "diandongche-2023 choucha-chongdian-2024",
        "宅基": (
            "zhengdi-2023 zhaijidi-2024 shoufei-tudi-2025 qt-zhaijidi-2024 "
            "qt-zhaijidi-shiyong-2025 yh-zhaijidi-2026 zhineng-qt"
        ),
        "土地承包经营": "qt-liuzhuan-2023 qt-liuzhuan-2024 yh-liuzhuan-2025",
        "重大行政": "fazhi-baogao-2025 zhongda-juece-2025",
        "澄政规〔2026〕": "biyesheng-2026 zhongliang-2026",
        "栖政发〔2025〕": "qt-xiangcun-2025",
    },
    QueryKind.NUMBER: {
        "澄政规〔2023〕2号": "dibao-2023",
        "澄政办规〔2024〕1号": "dianti-2024",
        "栖政发〔2023〕9号": "qt-liuzhuan-2023",
        "澄市监函〔2024〕19号": "yian-dafu-2024",
        "澄政规[2025]2号": "qingli-2025",
        "澄教规(2026)1号": "xuequ-2026",
    },
    QueryKind.SYNONYM: {
        "低保": (
            "dibao-hedui-2022 dibao-2023 canji-2023 gongyixing-2025 gongzufang-2022 "
            "gongzufang-2024 shuijia-2023 biyesheng-2026 youeryuan-shoufei-2025 kehou-2022 "
            "zizhu-2023 tongji-gongbao-2024 gongzuo-baogao-2026 yuan-jiuzhu-2025 "
            "dibao-biaozhun-2024 dibao-biaozhun-2025 yibao-2025 qt-yishiyiyi-2023 "
            "qt-weishengfei-2024 qt-dibao-2026"
        ),
        "廉租房": "gongzufang-2022 gongzufang-2024 gongzufang-peizu-2025 zhaopin-yiyuan-2024",
        "拆迁": (
            "fangwu-2023 qingli-2025 fangwu-jueding-2024 fangwu-fenhu-2024 qt-fangwu-2024 "
            "yh-fangwu-2024 yh-fangwu-2025 zhineng-yh"
        ),
        "土地流转": "qt-liuzhuan-2023 qt-liuzhuan-2024 yh-liuzhuan-2025",
        "电瓶车": "diandongche-2023 choucha-chongdian-2024",
        "遛狗": "yangquan-2025 zhineng-gaj",
        "老人津贴": "gaoling-2022 gaoling-xiugai-2024 gongzuo-baogao-2026",
        "老师招聘": "zhaopin-jiaoshi-2025 zhaopin-jieguo-2025",
        "创业贷款": "danbao-daikuan-2024 gongzuo-baogao-2026 chuangye-daikuan-2025",
        "五保户": (
            "shuijia-2023 youeryuan-shoufei-2025 yuan-jiuzhu-2025 dibao-biaozhun-2024 "
            "dibao-biaozhun-2025 yibao-2025 qt-yishiyiyi-2023 qt-weishengfei-2024 qt-teku-2023"
        ),
        "停车费": "tingche-2022 tingche-2024",
        "宫颈癌疫苗": "yimiao-2026",
    },
    QueryKind.TYPO: {
        "公祖房": "gongzufang-2022 gongzufang-2024 gongzufang-peizu-2025 zhaopin-yiyuan-2024",
        "残疾人补帖": "canji-2023 canji-xiugai-2025 gongzuo-baogao-2026 yh-canji-2025",
        "营业职照": (
            "xiaowei-2022 zhusuo-2024 zhizhao-zhinan-2025 bianmin-dating-2024 yh-fangwu-2024 zhineng-sjj"
        ),
        "宅基弟": (
            "zhengdi-2023 zhaijidi-2024 shoufei-tudi-2025 qt-zhaijidi-2024 "
            "qt-zhaijidi-shiyong-2025 yh-zhaijidi-2026 zhineng-qt"
        ),
        "征地补尝": "zhengdi-2023 zhengdi-xiugai-2025 zhengdi-buchang-2025 qt-zhengdi-2024",
        "创业担保货款": "danbao-daikuan-2024 gongzuo-baogao-2026 chuangye-daikuan-2025",
        "高龄津帖": "gaoling-2022 gaoling-xiugai-2024 gongzuo-baogao-2026",
        "森林放火": "jinhuo-2025 gongzuo-baogao-2026 yuan-senlin-2023 zhineng-zrzyj",
    },
    QueryKind.TWO_WORDS: {
        "残疾人 到账": "canji-2023 canji-xiugai-2025 gongzuo-baogao-2026 yh-canji-2025",
        "宅基地 公示": "zhaijidi-2024 shoufei-tudi-2025 qt-zhaijidi-2024 yh-zhaijidi-2026",
        "公租房 租金": "gongzufang-2022 gongzufang-2024 gongzufang-peizu-2025",
        "房屋征收 环翠巷": "fangwu-jueding-2024 fangwu-fenhu-2024 yh-fangwu-2024 yh-fangwu-2025",
        "幼儿园 派位": "ruyuan-2025",
        "征地补偿 青苗": "zhengdi-2023 zhengdi-buchang-2025 qt-zhengdi-2024",
        "小微企业 贴息": "xiaowei-2022 danbao-daikuan-2024 chuangye-daikuan-2025",
        "老年人 免费": (
            "gongjiao-2024 guihua-yanglao-2023 gongzuo-baogao-2026 bianmin-dating-2024 tushuguan-2025"
        ),
    },
    QueryKind.ATTACHMENT: {
        "鹰嘴岩": "dizhi-zaihai-2026",
        "跃层": "dianti-2024",
        "祖父母": "zhaosheng-2026",
        "后年修订储备": "qingli-2025",
        "购房补助": "fangwu-jueding-2024",
        "银杏坪、古渡两村": "xuequ-2026",
        "联网核查": "gongzufang-2024",
    },
    QueryKind.BODY: {
        "听书机": "tushuguan-2025",
        "溢洪道": "qt-shantang-2024",
        "渐退期": "dibao-2023 qt-dibao-2026",
        "裂缝计": "dizhi-zaihai-2026",
        "铜锣": "fangxun-yanlian-2026",
        "独生子女": "teshu-fuzhu-2023",
        "轮灌": "qt-qudao-2023",
        "银龄互助": "guihua-yanglao-2023",
    },
}
_BY_INDEX = ("dibao-2023", "xuequ-2026", "qt-zhaijidi-2024", "yusuan-czj-2025")

QUERIES: tuple[SampleQuery, ...] = (
    *(
        SampleQuery(text=text, found=frozenset(keys.split()), kind=kind)
        for kind, queries in _FOUND.items()
        for text, keys in queries.items()
    ),
    *(
        SampleQuery(text=INDEX_NUMBERS[key], found=frozenset({key}), kind=QueryKind.INDEX)
        for key in _BY_INDEX
    ),
)
