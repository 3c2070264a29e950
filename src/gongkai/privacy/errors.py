"""What can be wrong with sealed data.

PrivacyError
├── KeysFaulty       the key file is missing, damaged or open to others
├── KeyUnknown       a value was sealed with a key that the file does not hold
└── SealBroken       a value was changed, or moved from another column
"""


class PrivacyError(Exception):
    """The message is Chinese and says what to do."""


class KeysFaulty(PrivacyError):
    pass


class KeyUnknown(PrivacyError):
    def __init__(self, key_id: str) -> None:
        self.key_id = key_id
        super().__init__(
            f"密钥文件中没有编号为 {key_id} 的密钥，无法读取用它加密的内容，请恢复密钥文件的备份。"
        )


class SealBroken(PrivacyError):
    def __init__(self) -> None:
        super().__init__("加密内容校验不符：数据被改动过或者与密钥不匹配，请从备份核对。")
